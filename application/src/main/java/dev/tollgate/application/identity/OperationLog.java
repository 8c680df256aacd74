package dev.tollgate.application.identity;

import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who changed what through the admin API. Entries are only ever added. */
public interface OperationLog {
    void add(Operation operation);

    /** Entries newest first, only those older than a given id unless that is null. */
    List<Operation> list(@Nullable Long before, int limit);

    /**
     * One change.
     *
     * @param action the HTTP method
     * @param subject the kind of thing, {@code users}, {@code api-keys}, …
     * @param before the thing as JSON before the change, without secrets; null if there was none; up to a megabyte
     */
    record Operation(
            long id,
            Instant at,
            UserId userId,
            String username,
            String action,
            String path,
            String subject,
            @Nullable String subjectId,
            @Nullable String before,
            @Nullable String after,
            String clientAddress,
            String requestId) {}
}
