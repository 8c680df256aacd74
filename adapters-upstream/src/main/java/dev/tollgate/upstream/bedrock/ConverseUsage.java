package dev.tollgate.upstream.bedrock;

import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UnitUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsagePart;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.meter.Counters;
import dev.tollgate.upstream.meter.JsonTree;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Converse's usage object in disjoint classes: input leaves out what came from and went to the cache. The cache counters
 * come twice on the wire, {@code cacheReadInputTokens} and {@code cacheReadInputTokenCount} and so on: they are one.
 */
final class ConverseUsage {
    private static final String HOUR = "1h";

    private final Counters counters = new Counters();

    private ConverseUsage() {}

    /**
     * Reads a usage object.
     *
     * @param spoken whether the answer had any words: then an output of zero cannot be true
     * @param guarded whether a guardrail stepped in: then the model may not have been asked at all
     */
    static UsageReport read(Map<String, Object> usage, Served served, boolean spoken, boolean guarded) {
        if (!usage.containsKey("inputTokens") || !usage.containsKey("outputTokens")) {
            return new UsageReport.Missing("no counters");
        }
        ConverseUsage reading = new ConverseUsage();
        TokenUsage tokens = reading.tokens(usage, "inputTokens", "outputTokens", "Tokens");
        if (!guarded && tokens.context() == 0) {
            reading.counters.distrust("inputTokens");
        }
        if (!guarded && spoken && tokens.output() == 0) {
            reading.counters.distrust("outputTokens");
        }
        return reading.report(tokens, served);
    }

    /** Reads the metrics in the last chunk of a stream of InvokeModel, which count alike whatever the model. */
    static UsageReport ofMetrics(Map<String, Object> metrics) {
        if (!metrics.containsKey("inputTokenCount") || !metrics.containsKey("outputTokenCount")) {
            return new UsageReport.Missing("no metrics");
        }
        ConverseUsage reading = new ConverseUsage();
        return reading.report(
                reading.tokens(metrics, "inputTokenCount", "outputTokenCount", "TokenCount"), Served.ORDINARY);
    }

    private UsageReport report(TokenUsage tokens, Served served) {
        String nonsense = counters.nonsense();
        return nonsense == null
                ? new UsageReport.Reported(new Usage(List.of(new UsagePart(null, tokens)), UnitUsage.NONE, served))
                : new UsageReport.Nonsense(nonsense);
    }

    private TokenUsage tokens(Map<String, Object> usage, String input, String output, String suffix) {
        Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
        tokens.put(TokenClass.INPUT, counters.of(usage, input));
        tokens.put(TokenClass.CACHE_READ, cached(usage, "cacheReadInput", suffix));
        long written = cached(usage, "cacheWriteInput", suffix);
        long hour = Math.min(written, longLived(usage));
        tokens.put(TokenClass.CACHE_WRITE_1H, hour);
        tokens.put(TokenClass.CACHE_WRITE_5M, written - hour);
        tokens.put(TokenClass.OUTPUT, counters.of(usage, output));
        return new TokenUsage(tokens);
    }

    private long cached(Map<String, Object> usage, String name, String suffix) {
        return usage.containsKey(name + suffix)
                ? counters.of(usage, name + suffix)
                : counters.of(usage, name + "TokenCount");
    }

    private long longLived(Map<String, Object> usage) {
        long hour = 0;
        if (usage.get("cacheDetails") instanceof List<?> details) {
            for (Object detail : details) {
                Map<String, Object> entry = JsonTree.object(detail);
                hour += JsonTree.text(entry.get("ttl")).equals(HOUR) ? counters.of(entry, "inputTokens") : 0;
            }
        }
        return hour;
    }
}
