package dev.tollgate.web.admin.usage;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** One JSON object a line; the last one has the totals. */
final class JsonLinesExport implements ExportFormat {
    private final JsonMapper json;

    JsonLinesExport(JsonMapper json) {
        this.json = json;
    }

    @Override
    public String head() {
        return "";
    }

    @Override
    public String line(JsonNode record) {
        return text(record);
    }

    @Override
    public String foot(ExportTotals totals) {
        Map<String, JsonNode> sums = new LinkedHashMap<>();
        sums.put("requests", JsonNode.createNumberNode(totals.records()));
        totals.sums()
                .forEach((name, sum) -> sums.put(
                        name,
                        totals.isCount(name)
                                ? JsonNode.createNumberNode(new BigDecimal(sum).longValueExact())
                                : JsonNode.createStringNode(sum)));
        return text(JsonNode.createObjectNode(Map.of("totals", JsonNode.createObjectNode(sums))));
    }

    private String text(JsonNode node) {
        try {
            return json.writeValueAsString(node) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException("a record that is not JSON", e);
        }
    }
}
