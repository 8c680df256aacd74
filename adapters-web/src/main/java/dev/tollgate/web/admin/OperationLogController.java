package dev.tollgate.web.admin;

import dev.tollgate.application.identity.OperationLog;
import dev.tollgate.application.identity.OperationLog.Operation;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operation log, for reading only. */
@Controller("/api/admin/operation-logs")
@ExecuteOn(TaskExecutors.BLOCKING)
final class OperationLogController {
    private final OperationLog log;
    private final JsonMapper json;

    OperationLogController(OperationLog log, JsonMapper json) {
        this.log = log;
        this.json = json;
    }

    @Get
    Envelope<CursorPage<OperationView>> list(HttpRequest<?> request) {
        int limit = Paging.limit(request);
        List<Operation> found = log.list(Paging.idCursor(request), limit + 1);
        List<Operation> shown = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? String.valueOf(shown.getLast().id()) : null;
        return Envelope.of(new CursorPage<>(shown.stream().map(this::view).toList(), next));
    }

    private OperationView view(Operation operation) {
        return new OperationView(
                operation.id(),
                operation.at(),
                operation.userId().value(),
                operation.username(),
                operation.action(),
                operation.path(),
                operation.subject(),
                operation.subjectId(),
                node(operation.before()),
                node(operation.after()),
                operation.clientAddress(),
                operation.requestId());
    }

    private @Nullable JsonNode node(@Nullable String text) {
        try {
            return text == null ? null : json.readValue(text, JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON in the operation log", e);
        }
    }

    /** One entry. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record OperationView(
            long id,
            Instant occurredAt,
            long userId,
            String username,
            String action,
            String path,
            String subject,
            @Nullable String subjectId,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            String clientIp,
            String requestId) {}
}
