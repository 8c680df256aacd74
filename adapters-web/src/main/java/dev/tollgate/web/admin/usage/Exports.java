package dev.tollgate.web.admin.usage;

import dev.tollgate.application.usage.RecordFilter;
import dev.tollgate.application.usage.UsageRecord;
import dev.tollgate.application.usage.UsageRecords;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Paging;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records as a file, read page by page while it is being sent. */
@Singleton
public final class Exports {
    private static final int PAGE = 500;
    private static final int END = -1;
    private static final String CSV = "csv";
    private static final String JSON_LINES = "jsonl";

    private final UsageRecords records;
    private final JsonMapper json;

    Exports(UsageRecords records, JsonMapper json) {
        this.records = records;
        this.json = json;
    }

    /**
     * The file a request asks for.
     *
     * @param view a record as the reader may see it
     */
    public HttpResponse<InputStream> of(
            HttpRequest<?> request, RecordFilter filter, Function<UsageRecord, RecordView> view) {
        String asked = Paging.text(request, "format");
        String format = asked == null ? CSV : asked;
        return switch (format) {
            case CSV -> file(new CsvExport(), filter, view, "text/csv", CSV);
            case JSON_LINES -> file(new JsonLinesExport(json), filter, view, "application/x-ndjson", JSON_LINES);
            default -> throw ApiFailure.invalid("format", "must be one of " + CSV + ", " + JSON_LINES);
        };
    }

    private HttpResponse<InputStream> file(
            ExportFormat format,
            RecordFilter filter,
            Function<UsageRecord, RecordView> view,
            String type,
            String extension) {
        InputStream content = new Pages(format, filter, view);
        return HttpResponse.ok(content)
                .contentType(MediaType.of(type + "; charset=utf-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"usage." + extension + "\"");
    }

    private JsonNode node(RecordView view) {
        try {
            return json.writeValueToTree(view);
        } catch (IOException e) {
            throw new UncheckedIOException("a view that is not JSON", e);
        }
    }

    /** The file's parts: its head, a page of records at a time, its totals. */
    private final class Pages extends InputStream {
        private final ExportFormat format;
        private final RecordFilter filter;
        private final Function<UsageRecord, RecordView> view;
        private final ExportTotals totals = new ExportTotals();
        private @Nullable RequestId last;
        private byte[] part = {};
        private int sent;
        private boolean isBegun;
        private boolean isRead;
        private boolean isDone;

        Pages(ExportFormat format, RecordFilter filter, Function<UsageRecord, RecordView> view) {
            this.format = format;
            this.filter = filter;
            this.view = view;
        }

        @Override
        public int read() {
            return isFilled() ? Byte.toUnsignedInt(part[sent++]) : END;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            if (!isFilled()) {
                return END;
            }
            int count = Math.min(length, part.length - sent);
            System.arraycopy(part, sent, target, offset, count);
            sent += count;
            return count;
        }

        private boolean isFilled() {
            while (sent == part.length && !isDone) {
                part = next().getBytes(StandardCharsets.UTF_8);
                sent = 0;
            }
            return sent < part.length;
        }

        private String next() {
            if (!isBegun) {
                isBegun = true;
                return format.head();
            }
            if (isRead) {
                isDone = true;
                return format.foot(totals);
            }
            List<UsageRecord> page = records.list(filter, last, PAGE);
            isRead = page.size() < PAGE;
            StringBuilder lines = new StringBuilder();
            for (UsageRecord record : page) {
                JsonNode node = node(view.apply(record));
                totals.add(node);
                lines.append(format.line(node));
                last = record.id();
            }
            return lines.toString();
        }
    }
}
