package dev.tollgate.persistence.prices;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One entry of the usual shape, turned into our fields. */
final class UsualEntry {
    private static final int PER_MILLION = 6;
    /** Beyond this many digits a number is no price, and printing it would fill the memory. */
    private static final int DIGITS_MAX = 40;

    private static final Pattern ABOVE = Pattern.compile("(\\w+?)_above_(\\d{1,6})k_tokens");

    /** Their name of a token price and ours. */
    private static final Map<String, String> TOKEN_PRICES = Map.of(
            "input_cost_per_token", "input_price",
            "output_cost_per_token", "output_price",
            "cache_read_input_token_cost", "cache_read_price",
            "cache_creation_input_token_cost", "cache_write_5m_price",
            "cache_creation_input_token_cost_above_1hr", "cache_write_1h_price",
            "output_cost_per_reasoning_token", "reasoning_price",
            "input_cost_per_audio_token", "audio_input_price",
            "output_cost_per_audio_token", "audio_output_price",
            "input_cost_per_image_token", "image_input_price",
            "output_cost_per_image_token", "image_output_price");

    private static final Map<String, String> PROVIDERS = Map.of(
            "anthropic", "claude",
            "vertex_ai-anthropic_models", "claude",
            "openai", "openai",
            "text-completion-openai", "openai",
            "azure", "openai",
            "azure_text", "openai",
            "gemini", "gemini");

    private final Map<String, @Nullable Object> given = new LinkedHashMap<>();

    UsualEntry(Map<?, ?> entry) {
        entry.forEach((name, value) -> given.put(String.valueOf(name), value));
    }

    boolean hasCosts() {
        return given.containsKey("litellm_provider") || given.keySet().stream().anyMatch(name -> name.contains("cost"));
    }

    String mode() {
        return given.get("mode") instanceof String mode ? mode : "chat";
    }

    boolean isTiered() {
        return given.containsKey("tiered_pricing");
    }

    /**
     * Our fields, the name apart.
     *
     * @throws ArithmeticException if a number cannot be a price
     */
    Map<String, @Nullable Object> fields(Consumer<String> note) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("platform", platform());
        TOKEN_PRICES.forEach((theirs, ours) -> putPerMillion(fields, ours, dollars(theirs)));
        completeOutput(fields);
        putPieces(fields, note);
        Map<String, @Nullable Object> above = longContext(note);
        if (above != null) {
            fields.put("long_context", above);
        }
        putFactors(fields, note);
        putLimits(fields);
        if (isZero("input_cost_per_token") && isZero("output_cost_per_token")) {
            note.accept("is listed as free");
        }
        return fields;
    }

    private String platform() {
        String provider = String.valueOf(given.get("litellm_provider"));
        String known = PROVIDERS.get(provider);
        if (known != null) {
            return known;
        }
        if (provider.startsWith("vertex_ai")) {
            return "gemini";
        }
        return provider.startsWith("bedrock") ? "claude" : provider;
    }

    /** Embeddings answer with no tokens; image models may price their only output under its own name. */
    private void completeOutput(Map<String, @Nullable Object> fields) {
        if (fields.containsKey("output_price")) {
            return;
        }
        if (mode().equals("embedding") || mode().equals("moderation")) {
            fields.put("output_price", "0");
        } else if (fields.containsKey("image_output_price")) {
            fields.put("output_price", fields.get("image_output_price"));
        }
    }

    private void putPieces(Map<String, @Nullable Object> fields, Consumer<String> note) {
        boolean byTheToken = isPositive("input_cost_per_token") || isPositive("output_cost_per_token");
        putPlain(fields, "per_second_price", byTheToken ? null : perSecond(note));
        boolean speaks = mode().equals("audio_speech") && !byTheToken;
        BigDecimal inCharacters = dollars("input_cost_per_character");
        putPlain(fields, "per_character_price", speaks ? inCharacters : null);
        putPlain(fields, "per_request_price", dollars("input_cost_per_request"));
        Map<String, @Nullable Object> tools = new TreeMap<>();
        putPlain(tools, "web_search", webSearch(note));
        BigDecimal fileSearch = dollars("file_search_cost_per_1k_calls");
        putPlain(tools, "file_search", fileSearch == null ? null : fileSearch.movePointLeft(3));
        if (!tools.isEmpty()) {
            fields.put("tool_prices", tools);
        }
    }

    /** The same seconds stand in both fields for some models: they are billed once. */
    private @Nullable BigDecimal perSecond(Consumer<String> note) {
        BigDecimal in = dollars("input_cost_per_second");
        BigDecimal out = dollars("output_cost_per_second");
        if (in == null || out == null) {
            return in == null ? out : in;
        }
        if (in.signum() != 0 && out.signum() != 0 && in.compareTo(out) != 0) {
            note.accept("has two prices by the second; the higher is taken");
        }
        return in.max(out);
    }

    private @Nullable BigDecimal webSearch(Consumer<String> note) {
        if (!(given.get("search_context_cost_per_query") instanceof Map<?, ?> bySize)) {
            return null;
        }
        UsualEntry sizes = new UsualEntry(bySize);
        BigDecimal medium = sizes.dollars("search_context_size_medium");
        boolean varies = medium != null
                && sizes.given.keySet().stream().anyMatch(size -> {
                    BigDecimal other = sizes.dollars(size);
                    return other != null && other.compareTo(medium) != 0;
                });
        if (varies) {
            note.accept("prices web search by context size; the medium one is taken");
        }
        return medium;
    }

    private @Nullable Map<String, @Nullable Object> longContext(Consumer<String> note) {
        TreeMap<Integer, Map<String, BigDecimal>> steps = new TreeMap<>();
        for (String name : given.keySet()) {
            Matcher matcher = ABOVE.matcher(name);
            BigDecimal price = matcher.matches() ? dollars(name) : null;
            String field = price == null ? null : stepField(matcher.group(1));
            if (price != null && field != null) {
                steps.computeIfAbsent(Integer.parseInt(matcher.group(2)) * 1000, threshold -> new TreeMap<>())
                        .put(field, price);
            }
        }
        if (steps.size() > 1) {
            note.accept("has several long-context steps; the first is taken");
        }
        if (steps.isEmpty()) {
            return multipliedLongContext();
        }
        return step(steps.firstEntry().getKey(), steps.firstEntry().getValue());
    }

    /** The newer way to say it: a threshold and two factors. */
    private @Nullable Map<String, @Nullable Object> multipliedLongContext() {
        BigDecimal threshold = dollars("long_context_input_token_threshold");
        BigDecimal onInput = dollars("long_context_input_cost_multiplier");
        BigDecimal onOutput = dollars("long_context_output_cost_multiplier");
        if (threshold == null || onInput == null || onOutput == null) {
            return null;
        }
        Map<String, BigDecimal> prices = new TreeMap<>();
        TOKEN_PRICES.forEach((theirs, ours) -> {
            BigDecimal price = dollars(theirs);
            if (price != null) {
                boolean output = ours.equals("output_price") || ours.equals("reasoning_price");
                prices.put(ours, price.multiply(output ? onOutput : onInput));
            }
        });
        return step(threshold.intValueExact(), prices);
    }

    /** A step that changes nothing is none. */
    private @Nullable Map<String, @Nullable Object> step(int threshold, Map<String, BigDecimal> prices) {
        boolean same = TOKEN_PRICES.entrySet().stream().allMatch(name -> {
            BigDecimal above = prices.get(name.getValue());
            BigDecimal base = dollars(name.getKey());
            return above == null || (base != null && base.compareTo(above) == 0);
        });
        if (same) {
            return null;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("threshold", (long) threshold);
        prices.forEach((field, price) -> putPerMillion(fields, field, price));
        return fields;
    }

    /** Gemini has no cache writes: some entries state the cached read's step under the write's name. */
    private @Nullable String stepField(String theirs) {
        boolean strayWrite =
                theirs.equals("cache_creation_input_token_cost") && platform().equals("gemini");
        if (strayWrite) {
            return given.keySet().stream().anyMatch(name -> name.startsWith("cache_read_input_token_cost_above_"))
                    ? null
                    : "cache_read_price";
        }
        return TOKEN_PRICES.get(theirs);
    }

    private void putFactors(Map<String, @Nullable Object> fields, Consumer<String> note) {
        Map<String, @Nullable Object> tiers = new TreeMap<>();
        putTier(tiers, "batch", "_batches", note);
        putTier(tiers, "flex", "_flex", note);
        putTier(tiers, "priority", "_priority", note);
        Map<String, @Nullable Object> geo = new TreeMap<>();
        if (given.get("provider_specific_entry") instanceof Map<?, ?> specific) {
            UsualEntry factors = new UsualEntry(specific);
            putPlain(tiers, "fast", factors.dollars("fast"));
            putPlain(geo, "us", factors.dollars("us"));
            factors.given.keySet().stream()
                    .filter(name -> !name.equals("fast") && !name.equals("us"))
                    .forEach(name -> note.accept("its factor for " + name + " is left out"));
        }
        if (!tiers.isEmpty()) {
            fields.put("tiers", tiers);
        }
        if (!geo.isEmpty()) {
            fields.put("geo", geo);
        }
    }

    private void putTier(Map<String, @Nullable Object> tiers, String tier, String suffix, Consumer<String> note) {
        BigDecimal factor = null;
        for (String name : given.keySet()) {
            BigDecimal price = name.endsWith(suffix) ? dollars(name) : null;
            if (price == null) {
                continue;
            }
            BigDecimal base = dollars(name.substring(0, name.length() - suffix.length()));
            BigDecimal own = base == null ? null : quotient(price, base);
            if (own == null || (factor != null && factor.compareTo(own) != 0)) {
                note.accept("its " + tier + " prices are not one factor of the ordinary ones and are left out");
                return;
            }
            factor = own;
        }
        putPlain(tiers, tier, factor);
    }

    private static @Nullable BigDecimal quotient(BigDecimal price, BigDecimal base) {
        try {
            BigDecimal quotient = price.divide(base);
            return quotient.stripTrailingZeros().scale() > PER_MILLION ? null : quotient;
        } catch (ArithmeticException endless) {
            return null;
        }
    }

    private void putLimits(Map<String, @Nullable Object> fields) {
        fields.put("context_window", count("max_input_tokens"));
        Long output = count("max_output_tokens");
        fields.put("max_output_tokens", output == null ? count("max_tokens") : output);
        fields.values().removeIf(java.util.Objects::isNull);
    }

    private @Nullable Long count(String name) {
        BigDecimal number = dollars(name);
        return number == null || number.signum() <= 0 ? null : number.longValueExact();
    }

    private boolean isPositive(String name) {
        BigDecimal price = dollars(name);
        return price != null && price.signum() > 0;
    }

    private boolean isZero(String name) {
        BigDecimal price = dollars(name);
        return price != null && price.signum() == 0;
    }

    /** A number as it was printed; null if there is none. */
    private @Nullable BigDecimal dollars(String name) {
        if (!(given.get(name) instanceof Number number)) {
            return null;
        }
        BigDecimal exact = new BigDecimal(number.toString());
        if (Math.abs(exact.scale()) > DIGITS_MAX || exact.precision() > DIGITS_MAX) {
            throw new ArithmeticException(name + " has too many digits");
        }
        return exact;
    }

    private static void putPerMillion(Map<String, @Nullable Object> fields, String name, @Nullable BigDecimal price) {
        putPlain(fields, name, price == null ? null : price.movePointRight(PER_MILLION));
    }

    private static void putPlain(Map<String, @Nullable Object> fields, String name, @Nullable BigDecimal number) {
        if (number != null) {
            fields.put(
                    name,
                    number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
        }
    }
}
