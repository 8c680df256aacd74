package dev.tollgate.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a list of records, newest first.
 *
 * @param nextCursor what to ask for the older ones with; null at the end
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CursorPage<V>(
        List<V> items,
        @JsonProperty("next_cursor") @Nullable String nextCursor) {}
