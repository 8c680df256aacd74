package dev.tollgate.upstream.anthropic;

import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UnitUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsagePart;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.meter.Counters;
import dev.tollgate.upstream.meter.JsonTree;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The usage object of messages in disjoint classes. Its input count leaves out what came from and went to the cache;
 * its output count includes thinking. Where it lists iterations, they are what was spent, each by its own model, and
 * the counters beside them only repeat a part of it.
 */
final class MessagesUsage {
    private static final Set<String> NO_REGION = Set.of("", "global", "not_available");

    private final Counters counters = new Counters();

    /** The usage at a stream's start with every member that the end tells anew; null members are not in the maps. */
    static Map<String, Object> overridden(Map<String, Object> start, Map<String, Object> end) {
        Map<String, Object> merged = new LinkedHashMap<>(start);
        merged.putAll(end);
        return merged;
    }

    /**
     * Reads a usage object.
     *
     * @param spoken whether the answer had any words: then an output of zero cannot be true
     */
    static UsageReport read(Map<String, Object> usage, boolean spoken) {
        if (!usage.containsKey("input_tokens") || !usage.containsKey("output_tokens")) {
            return new UsageReport.Missing("no counters");
        }
        MessagesUsage reading = new MessagesUsage();
        Usage read = reading.usage(usage);
        TokenUsage all = read.tokens();
        if (all.context() == 0) {
            reading.counters.distrust("input_tokens");
        }
        if (all.output() == 0 && spoken) {
            reading.counters.distrust("output_tokens");
        }
        String nonsense = reading.counters.nonsense();
        return nonsense == null ? new UsageReport.Reported(read) : new UsageReport.Nonsense(nonsense);
    }

    private Usage usage(Map<String, Object> usage) {
        Map<String, Object> tools = JsonTree.object(usage.get("server_tool_use"));
        long searches = counters.of(tools, "web_search_requests");
        UnitUsage units = searches == 0 ? UnitUsage.NONE : UnitUsage.ofTools(Map.of("web_search", searches));
        return new Usage(parts(usage), units, served(usage));
    }

    private List<UsagePart> parts(Map<String, Object> usage) {
        List<UsagePart> parts = new ArrayList<>();
        if (usage.get("iterations") instanceof List<?> iterations) {
            for (Object iteration : iterations) {
                Map<String, Object> entry = JsonTree.object(iteration);
                parts.add(new UsagePart(model(entry), tokens(entry)));
            }
        }
        return parts.isEmpty() ? List.of(new UsagePart(null, tokens(usage))) : parts;
    }

    /** The model an entry names (an advisor, a fallback, what it fell back from); none is the model that was called. */
    private static @Nullable String model(Map<String, Object> entry) {
        String model = JsonTree.text(entry.get("model"));
        return model.isEmpty() ? null : model;
    }

    private TokenUsage tokens(Map<String, Object> usage) {
        Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
        tokens.put(TokenClass.INPUT, counters.of(usage, "input_tokens"));
        tokens.put(TokenClass.CACHE_READ, counters.of(usage, "cache_read_input_tokens"));
        cacheWrites(usage, tokens);
        long output = counters.of(usage, "output_tokens");
        Map<String, Object> details = JsonTree.object(usage.get("output_tokens_details"));
        long thinking = Math.min(output, counters.of(details, "thinking_tokens"));
        tokens.put(TokenClass.OUTPUT, output - thinking);
        tokens.put(TokenClass.REASONING, thinking);
        return new TokenUsage(tokens);
    }

    /** In a stream the split by lifetime stays at its start while the sum may change to its end: the sum holds. */
    private void cacheWrites(Map<String, Object> usage, Map<TokenClass, Long> tokens) {
        Map<String, Object> split = JsonTree.object(usage.get("cache_creation"));
        long hour = counters.of(split, "ephemeral_1h_input_tokens");
        long minutes = counters.of(split, "ephemeral_5m_input_tokens");
        long sum = usage.containsKey("cache_creation_input_tokens")
                ? counters.of(usage, "cache_creation_input_tokens")
                : hour + minutes;
        long longLived = Math.min(hour, sum);
        tokens.put(TokenClass.CACHE_WRITE_1H, longLived);
        tokens.put(TokenClass.CACHE_WRITE_5M, sum - longLived);
    }

    private static Served served(Map<String, Object> usage) {
        return new Served(
                unless(usage, "service_tier", Set.of("", "standard")),
                unless(usage, "speed", Set.of("", "standard")),
                unless(usage, "inference_geo", NO_REGION));
    }

    private static @Nullable String unless(Map<String, Object> usage, String name, Set<String> ordinary) {
        String told = JsonTree.text(usage.get(name)).toLowerCase(Locale.ROOT);
        return ordinary.contains(told) ? null : told;
    }
}
