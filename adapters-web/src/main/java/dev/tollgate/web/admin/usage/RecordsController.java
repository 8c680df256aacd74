package dev.tollgate.web.admin.usage;

import dev.tollgate.application.usage.UsageRecord;
import dev.tollgate.application.usage.UsageRecords;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.CursorPage;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.Paging;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Optional;

/** The records of calls. */
@Controller("/api/admin/usage/records")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RecordsController {
    private final UsageRecords records;

    RecordsController(UsageRecords records) {
        this.records = records;
    }

    @Get
    Envelope<CursorPage<RecordView>> list(HttpRequest<?> request) {
        int limit = Paging.limit(request);
        List<UsageRecord> found = records.list(UsageParameters.filter(request), UsageParameters.cursor(request), limit);
        String next = found.size() < limit ? null : found.getLast().id().text();
        return Envelope.of(new CursorPage<>(found.stream().map(RecordView::from).toList(), next));
    }

    @Get("/{requestId}")
    Envelope<DetailView> read(String requestId) {
        return Envelope.of(id(requestId)
                .flatMap(records::find)
                .map(DetailView::from)
                .orElseThrow(() -> ApiFailure.notFound("record")));
    }

    private static Optional<RequestId> id(String text) {
        try {
            return Optional.of(RequestId.of(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
