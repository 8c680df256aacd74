package dev.tollgate.bootstrap.whole;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.AdminClient;
import java.util.HashMap;
import java.util.Map;

/** The price list as the admin API shows it; a model it does not have is given prices, each class its own. */
final class CorpusPrices {
    private static final Map<String, Object> OTHERS = Map.ofEntries(
            Map.entry("platform", "openai"),
            Map.entry("input_price", "1.5"),
            Map.entry("output_price", "7.25"),
            Map.entry("cache_read_price", "0.375"),
            Map.entry("cache_write_5m_price", "1.875"),
            Map.entry("cache_write_1h_price", "3.125"),
            Map.entry("reasoning_price", "9.5"),
            Map.entry("audio_input_price", "11"),
            Map.entry("audio_output_price", "22.5"),
            Map.entry("image_input_price", "2.75"),
            Map.entry("image_output_price", "31"),
            Map.entry("per_request_price", "0.003"),
            Map.entry("per_second_price", "0.0001"),
            Map.entry(
                    "tool_prices", Map.of("web_search", "0.011", "file_search", "0.0025", "code_interpreter", "0.03")),
            Map.entry("tiers", Map.of("flex", "0.5", "priority", "1.75")),
            Map.entry("context_window", 2_000_000),
            Map.entry("max_output_tokens", 128_000));

    private final AdminClient admin;
    private final Map<String, JsonNode> byName = new HashMap<>();

    CorpusPrices(AdminClient admin) {
        this.admin = admin;
        admin.get("/api/admin/models?page_size=500").get("items").forEach(model -> {
            byName.put(model.get("name").asText(), model);
            model.path("aliases").forEach(alias -> byName.putIfAbsent(alias.asText(), model));
        });
    }

    /** A model by the name it is asked for. */
    JsonNode of(String name) {
        return byName.computeIfAbsent(name, absent -> {
            Map<String, Object> model = new HashMap<>(OTHERS);
            model.put("name", name);
            return admin.post("/api/admin/models", model);
        });
    }
}
