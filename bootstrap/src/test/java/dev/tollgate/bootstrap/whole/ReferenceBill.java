package dev.tollgate.bootstrap.whole;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What a recorded exchange costs, worked out a second time: from the provider's own counters and the price list's
 * decimal strings, with nothing of the product's.
 */
final class ReferenceBill {
    private static final BigDecimal PER_MILLION = new BigDecimal("0.000001");

    private final Function<String, JsonNode> models;
    final Map<String, Long> tokens = new LinkedHashMap<>();
    private BigDecimal cost = BigDecimal.ZERO;

    /** @param models a model of the price list by the name it is asked for */
    ReferenceBill(Function<String, JsonNode> models) {
        this.models = models;
    }

    BigDecimal total() {
        return cost.setScale(9, RoundingMode.HALF_EVEN);
    }

    ReferenceBill chat(String model, JsonNode usage, String tier) {
        long prompt = usage.path("prompt_tokens").asLong();
        long cached = usage.at("/prompt_tokens_details/cached_tokens").asLong();
        long written = usage.at("/prompt_tokens_details/cache_write_tokens").asLong();
        long fresh = cached > prompt ? prompt : prompt - cached - written;
        long audioIn =
                Math.min(fresh, usage.at("/prompt_tokens_details/audio_tokens").asLong());
        long completion = usage.path("completion_tokens").asLong();
        long reasoning = usage.at("/completion_tokens_details/reasoning_tokens").asLong();
        long audioOut = usage.at("/completion_tokens_details/audio_tokens").asLong();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("input_price", fresh - audioIn);
        counts.put("audio_input_price", audioIn);
        counts.put("cache_read_price", cached);
        counts.put("cache_write_5m_price", written);
        counts.put("output_price", completion - reasoning - audioOut);
        counts.put("reasoning_price", reasoning);
        counts.put("audio_output_price", audioOut);
        add(model, counts, tier, "");
        cost = cost.add(decimal(models.apply(model), "per_request_price"));
        return this;
    }

    ReferenceBill messages(String model, JsonNode usage) {
        String tier = usage.path("service_tier").asText("");
        String geo = usage.path("inference_geo").asText("");
        JsonNode iterations = usage.path("iterations");
        if (iterations.size() > 0) {
            for (JsonNode pass : iterations) {
                pass(pass.path("model").asText(model), pass, tier, geo);
            }
        } else {
            pass(model, usage, tier, geo);
        }
        long searches = usage.at("/server_tool_use/web_search_requests").asLong();
        cost = cost.add(
                decimal(models.apply(model).path("tool_prices"), "web_search").multiply(BigDecimal.valueOf(searches)));
        return this;
    }

    /** @param searches the searches it is billed for */
    ReferenceBill generateContent(String model, JsonNode usage, String tier, long searches) {
        long cached = usage.path("cachedContentTokenCount").asLong();
        long audioIn = modality(usage, "promptTokensDetails", "AUDIO") - modality(usage, "cacheTokensDetails", "AUDIO");
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put(
                "input_price",
                usage.path("promptTokenCount").asLong()
                        + usage.path("toolUsePromptTokenCount").asLong()
                        - cached
                        - audioIn);
        counts.put("audio_input_price", audioIn);
        counts.put("cache_read_price", cached);
        counts.put("output_price", usage.path("candidatesTokenCount").asLong());
        counts.put("reasoning_price", usage.path("thoughtsTokenCount").asLong());
        add(model, counts, tier, "");
        cost = cost.add(
                decimal(models.apply(model).path("tool_prices"), "web_search").multiply(BigDecimal.valueOf(searches)));
        return this;
    }

    private static long modality(JsonNode usage, String details, String name) {
        long sum = 0;
        for (JsonNode entry : usage.path(details)) {
            sum += entry.path("modality").asText().equals(name)
                    ? entry.path("tokenCount").asLong()
                    : 0;
        }
        return sum;
    }

    private void pass(String model, JsonNode usage, String tier, String geo) {
        long written = usage.path("cache_creation_input_tokens").asLong();
        long hour = usage.at("/cache_creation/ephemeral_1h_input_tokens").asLong();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("input_price", usage.path("input_tokens").asLong());
        counts.put("cache_read_price", usage.path("cache_read_input_tokens").asLong());
        counts.put("cache_write_5m_price", written - hour);
        counts.put("cache_write_1h_price", hour);
        counts.put("output_price", usage.path("output_tokens").asLong());
        add(model, counts, tier, geo);
    }

    private void add(String model, Map<String, Long> counts, String tier, String geo) {
        JsonNode prices = models.apply(model);
        long context = counts.entrySet().stream()
                .filter(count ->
                        !count.getKey().contains("output") && !count.getKey().contains("reasoning"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        JsonNode step = prices.path("long_context");
        boolean isLong = step.isObject() && context > step.get("threshold").asLong();
        BigDecimal factor = factor(prices.path("tiers"), tier).multiply(factor(prices.path("geo"), geo));
        counts.forEach((name, count) -> {
            BigDecimal price = price(prices, isLong ? step : prices, name);
            cost = cost.add(
                    price.multiply(factor).multiply(BigDecimal.valueOf(count)).multiply(PER_MILLION));
            tokens.merge(name, count, Long::sum);
        });
    }

    private static BigDecimal price(JsonNode prices, JsonNode row, String name) {
        if (row.path(name).isTextual()) {
            return new BigDecimal(row.get(name).asText());
        }
        if (prices.path(name).isTextual()) {
            return new BigDecimal(prices.get(name).asText());
        }
        return switch (name) {
            case "cache_write_1h_price" -> price(prices, row, "cache_write_5m_price");
            case "reasoning_price", "audio_output_price" -> price(prices, row, "output_price");
            default -> price(prices, row, "input_price");
        };
    }

    private static BigDecimal factor(JsonNode factors, String name) {
        return factors.path(name).isTextual() ? new BigDecimal(factors.get(name).asText()) : BigDecimal.ONE;
    }

    private static BigDecimal decimal(JsonNode members, String name) {
        return members.path(name).isTextual() ? new BigDecimal(members.get(name).asText()) : BigDecimal.ZERO;
    }
}
