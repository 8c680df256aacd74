package dev.tollgate.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.function.Function;

/** One page of a list of things, as it is answered. */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ItemPage<V>(
        List<V> items,
        long total,
        int page,
        @JsonProperty("page_size") int pageSize) {

    public static <T, V> Envelope<ItemPage<V>> of(Page<T> found, PageQuery query, Function<T, V> view) {
        return Envelope.of(new ItemPage<>(found.map(view).items(), found.total(), query.page(), query.pageSize()));
    }
}
