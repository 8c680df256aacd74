package dev.tollgate.upstream.openai;

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
 * The usage object of chat completions in disjoint classes. Its prompt count includes what came from and went to the
 * cache, its completion count the reasoning; both include audio and images.
 */
final class ChatUsage {
    private final Map<String, Object> usage;
    private final Map<String, Object> inputDetails;
    private final Map<String, Object> outputDetails;
    private final Counters counters = new Counters();
    private final Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);

    private ChatUsage(Map<String, Object> usage) {
        this.usage = usage;
        this.inputDetails = JsonTree.object(usage.get("prompt_tokens_details"));
        this.outputDetails = JsonTree.object(usage.get("completion_tokens_details"));
    }

    /**
     * Reads a usage object.
     *
     * @param spoken whether the answer had any words: then an output of zero cannot be true
     */
    static UsageReport read(Map<String, Object> usage, Served served, boolean spoken) {
        if (!usage.containsKey("prompt_tokens") && !usage.containsKey("completion_tokens")) {
            return new UsageReport.Missing("no counters");
        }
        ChatUsage reading = new ChatUsage(usage);
        reading.input();
        reading.output(spoken);
        String nonsense = reading.counters.nonsense();
        if (nonsense != null) {
            return new UsageReport.Nonsense(nonsense);
        }
        UsagePart part = new UsagePart(null, new TokenUsage(reading.tokens));
        return new UsageReport.Reported(new Usage(List.of(part), UnitUsage.NONE, served));
    }

    private void input() {
        long prompt = counters.of(usage, "prompt_tokens");
        long cached = counters.of(inputDetails, "cached_tokens");
        long written = counters.of(inputDetails, "cache_write_tokens");
        if (prompt == 0) {
            counters.distrust("prompt_tokens");
        }
        // Some hosts report the prompt without what was cached (Grok on Azure): then cached tokens are extra.
        long fresh = cached > prompt ? Math.max(0, prompt - written) : Math.max(0, prompt - cached - written);
        long audio = Math.min(fresh, counters.of(inputDetails, "audio_tokens"));
        long image = Math.min(fresh - audio, counters.of(inputDetails, "image_tokens"));
        tokens.put(TokenClass.INPUT, fresh - audio - image);
        tokens.put(TokenClass.AUDIO_INPUT, audio);
        tokens.put(TokenClass.IMAGE_INPUT, image);
        tokens.put(TokenClass.CACHE_READ, cached);
        tokens.put(TokenClass.CACHE_WRITE_5M, written);
    }

    private void output(boolean spoken) {
        long completion = counters.of(usage, "completion_tokens");
        if (completion == 0 && spoken) {
            counters.distrust("completion_tokens");
        }
        long extra = uncounted(completion);
        long reasoning = counters.of(outputDetails, "reasoning_tokens");
        long inside = Math.min(completion, Math.max(0, reasoning - extra));
        long audio = Math.min(completion - inside, counters.of(outputDetails, "audio_tokens"));
        long image = Math.min(completion - inside - audio, counters.of(outputDetails, "image_tokens"));
        tokens.put(TokenClass.OUTPUT, completion - inside - audio - image);
        tokens.put(TokenClass.REASONING, inside + extra);
        tokens.put(TokenClass.AUDIO_OUTPUT, audio);
        tokens.put(TokenClass.IMAGE_OUTPUT, image);
    }

    /** Reasoning that only the total counts, as Google's compatible endpoint and xAI report it. */
    private long uncounted(long completion) {
        long prompt = counters.of(usage, "prompt_tokens");
        long cached = counters.of(inputDetails, "cached_tokens");
        long beyond = counters.of(usage, "total_tokens") - prompt - completion;
        boolean extraCache = cached > prompt && beyond >= cached;
        return Math.max(0, extraCache ? beyond - cached : beyond);
    }
}
