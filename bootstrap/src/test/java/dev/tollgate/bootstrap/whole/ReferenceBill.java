package dev.tollgate.bootstrap.whole;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a recorded exchange costs, worked out a second time from the price list's decimal strings. */
final class ReferenceBill {
    private static final BigDecimal PER_MILLION = new BigDecimal("0.000001");

    private final Function<String, JsonNode> models;
    private final Map<String, Long> tokens = new LinkedHashMap<>();
    private BigDecimal cost = BigDecimal.ZERO;

    /** @param models a model of the price list by the name it is asked for */
    ReferenceBill(Function<String, JsonNode> models, String model, ReferenceUsage usage) {
        this.models = models;
        usage.parts().forEach(part -> add(part.model().isEmpty() ? model : part.model(), part.tokens(), usage));
        JsonNode asked = models.apply(model);
        usage.tools().forEach((tool, calls) -> addPieces(decimal(asked.path("tool_prices"), tool), calls));
        addPieces(decimal(asked, "per_second_price"), usage.seconds());
        addPieces(decimal(asked, "per_request_price"), 1);
    }

    BigDecimal total() {
        return cost.setScale(9, RoundingMode.HALF_EVEN);
    }

    /** How many tokens there are of these classes together. */
    long tokens(String... classes) {
        return Stream.of(classes)
                .mapToLong(name -> tokens.getOrDefault(name, 0L))
                .sum();
    }

    private void addPieces(BigDecimal price, long count) {
        cost = cost.add(price.multiply(BigDecimal.valueOf(count)));
    }

    private void add(String model, Map<String, Long> counts, ReferenceUsage usage) {
        JsonNode prices = models.apply(model);
        long context = counts.entrySet().stream()
                .filter(count ->
                        !count.getKey().contains("output") && !count.getKey().contains("reasoning"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        JsonNode step = prices.path("long_context");
        boolean isLong = step.isObject() && context > step.get("threshold").asLong();
        JsonNode tiers = prices.path("tiers");
        BigDecimal factor = factor(tiers, usage.tier())
                .multiply(usage.speed().equals("fast") ? factor(tiers, "fast") : BigDecimal.ONE)
                .multiply(factor(prices.path("geo"), usage.geo()));
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
            case "reasoning_price", "audio_output_price", "image_output_price" -> price(prices, row, "output_price");
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
