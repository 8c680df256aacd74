package dev.tollgate.web.admin.usage;

import io.micronaut.json.tree.JsonNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sums over an export's records, column by column. */
final class ExportTotals {
    private static final List<String> COUNTS = List.of(
            "input_tokens",
            "output_tokens",
            "cache_read_tokens",
            "cache_write_5m_tokens",
            "cache_write_1h_tokens",
            "reasoning_tokens");
    private static final List<String> AMOUNTS = List.of(
            "input_cost",
            "output_cost",
            "cache_read_cost",
            "cache_write_cost",
            "other_cost",
            "base_cost",
            "total_cost",
            "upstream_cost");

    private final Map<String, BigDecimal> sums = new LinkedHashMap<>();
    private long records;

    void add(JsonNode record) {
        records++;
        COUNTS.forEach(name -> add(record, name));
        AMOUNTS.forEach(name -> add(record, name));
    }

    long records() {
        return records;
    }

    boolean isCount(String name) {
        return COUNTS.contains(name);
    }

    /** The sums by column, plain decimals without trailing zeros. */
    Map<String, String> sums() {
        Map<String, String> texts = new LinkedHashMap<>();
        sums.forEach((name, sum) -> texts.put(
                name, sum.signum() == 0 ? "0" : sum.stripTrailingZeros().toPlainString()));
        return texts;
    }

    private void add(JsonNode record, String name) {
        JsonNode node = record.get(name);
        if (node != null && !node.isNull()) {
            sums.merge(name, new BigDecimal(node.coerceStringValue()), BigDecimal::add);
        }
    }
}
