package dev.tollgate.upstream.gemini;

import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsagePart;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.meter.Counters;
import dev.tollgate.upstream.meter.JsonTree;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The usage object in disjoint classes. Its prompt count includes what came from a cache but not what built-in tools fed
 * back; its candidates leave out the thoughts. Where it lists modalities, the rest of the parent is text.
 */
final class GeminiUsage {
    private static final String PROMPT = "promptTokenCount";
    private static final String CACHED = "cachedContentTokenCount";
    private static final String TOOLS = "toolUsePromptTokenCount";
    private static final String CANDIDATES = "candidatesTokenCount";
    private static final String THOUGHTS = "thoughtsTokenCount";

    /** Everything that is read of it. */
    static final Set<String> MEMBERS = Set.of(
            PROMPT,
            CACHED,
            TOOLS,
            CANDIDATES,
            THOUGHTS,
            "promptTokensDetails",
            "cacheTokensDetails",
            "toolUsePromptTokensDetails",
            "candidatesTokensDetails",
            "serviceTier",
            "trafficType");

    private static final Set<String> COUNTERS = Set.of(PROMPT, TOOLS, CANDIDATES, THOUGHTS);
    private static final Set<String> IMAGES = Set.of("IMAGE", "VIDEO");
    private static final Set<String> SOUNDS = Set.of("AUDIO");
    private static final Set<String> ORDINARY = Set.of("", "standard", "on_demand");
    private static final String ON_DEMAND = "on_demand_";

    private final Map<String, Object> usage;
    private final Counters counters = new Counters();
    private final Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);

    private GeminiUsage(Map<String, Object> usage) {
        this.usage = usage;
    }

    /** Whether it counts anything; at the beginning of a stream it may only name the tier. */
    static boolean counts(Map<String, Object> usage) {
        return usage.keySet().stream().anyMatch(COUNTERS::contains);
    }

    /** How the call was served, in the API's words: {@code serviceTier}, or Vertex AI's {@code trafficType}. */
    static Optional<String> tier(Map<String, Object> usage) {
        Object told = usage.getOrDefault("serviceTier", usage.get("trafficType"));
        return told instanceof String tier ? Optional.of(tier) : Optional.empty();
    }

    /**
     * Reads the usage of an answer so far.
     *
     * @param complete whether there is no more: then an output of zero cannot be true of an answer with words
     */
    static UsageReport read(AnswerScan answer, String model, boolean complete) {
        Map<String, Object> usage = answer.usage();
        Served served = served(answer.tier());
        if (usage.isEmpty() && !answer.isBlocked()) {
            return new UsageReport.Missing("no usage");
        }
        GeminiUsage reading = new GeminiUsage(usage);
        reading.input(answer.isBlocked());
        reading.output();
        TokenUsage tokens = new TokenUsage(reading.tokens);
        if (complete && tokens.output() == 0 && answer.spoken().bytes() > 0) {
            reading.counters.distrust(CANDIDATES);
        }
        String nonsense = reading.counters.nonsense();
        if (nonsense != null) {
            return new UsageReport.Nonsense(nonsense);
        }
        List<UsagePart> parts = List.of(new UsagePart(null, tokens));
        return new UsageReport.Reported(new Usage(parts, answer.grounding().units(model), served));
    }

    static Served served(String tier) {
        String lower = tier.toLowerCase(Locale.ROOT);
        String name = lower.startsWith(ON_DEMAND) ? lower.substring(ON_DEMAND.length()) : lower;
        return ORDINARY.contains(name) ? Served.ORDINARY : new Served(name, null, null);
    }

    /** A prompt that was blocked may be counted as nothing at all. */
    private void input(boolean isBlocked) {
        long prompt = counters.of(usage, PROMPT);
        long cached = counters.of(usage, CACHED);
        long fedBack = counters.of(usage, TOOLS);
        if ((prompt == 0 && !isBlocked) || cached > prompt) {
            counters.distrust(prompt == 0 ? PROMPT : CACHED);
        }
        long fresh = Math.max(0, prompt - cached);
        long audio = fresh("promptTokensDetails", SOUNDS, fresh);
        long image = fresh("promptTokensDetails", IMAGES, fresh - audio);
        long audioBack = Math.min(fedBack, count("toolUsePromptTokensDetails", SOUNDS));
        long imageBack = Math.min(fedBack - audioBack, count("toolUsePromptTokensDetails", IMAGES));
        tokens.put(TokenClass.INPUT, fresh - audio - image + fedBack - audioBack - imageBack);
        tokens.put(TokenClass.AUDIO_INPUT, audio + audioBack);
        tokens.put(TokenClass.IMAGE_INPUT, image + imageBack);
        tokens.put(TokenClass.CACHE_READ, cached);
    }

    /** What of a modality was not cached, at most what is left to share out. */
    private long fresh(String details, Set<String> modalities, long most) {
        long all = count(details, modalities);
        return Math.clamp(all - count("cacheTokensDetails", modalities), 0, most);
    }

    private void output() {
        long candidates = counters.of(usage, CANDIDATES);
        long audio = Math.min(candidates, count("candidatesTokensDetails", SOUNDS));
        long image = Math.min(candidates - audio, count("candidatesTokensDetails", IMAGES));
        tokens.put(TokenClass.OUTPUT, candidates - audio - image);
        tokens.put(TokenClass.AUDIO_OUTPUT, audio);
        tokens.put(TokenClass.IMAGE_OUTPUT, image);
        tokens.put(TokenClass.REASONING, counters.of(usage, THOUGHTS));
    }

    private long count(String details, Set<String> modalities) {
        long sum = 0;
        if (usage.get(details) instanceof List<?> entries) {
            for (Object entry : entries) {
                Map<String, Object> members = JsonTree.object(entry);
                if (modalities.contains(JsonTree.text(members.get("modality")))) {
                    sum += counters.of(members, "tokenCount");
                }
            }
        }
        return sum;
    }
}
