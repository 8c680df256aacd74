package dev.tollgate.web.admin.usage;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Comma-separated values: a line of names, one a record, one of totals. No cell can be taken for a formula. */
final class CsvExport implements ExportFormat {
    private static final String FORMULA_STARTS = "=+-@\t\r";
    private static final List<String> COLUMNS = List.of(
            "request_id",
            "occurred_at",
            "user_id",
            "api_key_id",
            "account_id",
            "user_package_id",
            "platform",
            "account_type",
            "requested_model",
            "model",
            "upstream_model",
            "dialect",
            "stream",
            "status",
            "http_status",
            "attempts",
            "input_tokens",
            "output_tokens",
            "cache_read_tokens",
            "cache_write_5m_tokens",
            "cache_write_1h_tokens",
            "reasoning_tokens",
            "usage_source",
            "input_cost",
            "output_cost",
            "cache_read_cost",
            "cache_write_cost",
            "other_cost",
            "base_cost",
            "price_multiplier",
            "total_cost",
            "upstream_cost",
            "price_version",
            "clamped",
            "flags",
            "latency_ms",
            "first_token_ms",
            "client_ip",
            "user_agent");

    @Override
    public String head() {
        return line(COLUMNS);
    }

    @Override
    public String line(JsonNode record) {
        List<String> cells = new ArrayList<>();
        for (String column : COLUMNS) {
            cells.add(cell(record.get(column)));
        }
        return line(cells);
    }

    @Override
    public String foot(ExportTotals totals) {
        Map<String, String> sums = totals.sums();
        List<String> cells = new ArrayList<>();
        for (String column : COLUMNS) {
            cells.add(column.equals("request_id") ? "total: " + totals.records() : sums.getOrDefault(column, ""));
        }
        return line(cells);
    }

    private static String line(List<String> cells) {
        StringWriter line = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder().build(line)) {
            writer.writeRecord(cells);
        } catch (IOException e) {
            throw new UncheckedIOException("a text that cannot be written into memory", e);
        }
        return line.toString();
    }

    private static String cell(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return "";
        }
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.values().forEach(item -> items.add(item.coerceStringValue()));
            return neutral(String.join(" ", items));
        }
        return neutral(node.coerceStringValue());
    }

    private static String neutral(String text) {
        boolean isFormula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return isFormula ? "'" + text : text;
    }
}
