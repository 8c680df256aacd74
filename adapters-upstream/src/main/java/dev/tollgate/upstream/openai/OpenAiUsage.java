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
 * The usage objects of OpenAI's APIs in disjoint classes. The input count includes what came from and went to the cache,
 * the output count the reasoning; both include audio and images.
 */
final class OpenAiUsage {
    private final Names names;
    private final Map<String, Object> usage;
    private final Map<String, Object> inputDetails;
    private final Map<String, Object> outputDetails;
    private final Counters counters = new Counters();
    private final Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);

    /** What the counters are called, and which class output is of that the details do not tell apart. */
    enum Names {
        CHAT(
                "prompt_tokens",
                "prompt_tokens_details",
                "completion_tokens",
                "completion_tokens_details",
                TokenClass.OUTPUT),
        RESPONSES("input_tokens", "input_tokens_details", "output_tokens", "output_tokens_details", TokenClass.OUTPUT),
        IMAGES(
                "input_tokens",
                "input_tokens_details",
                "output_tokens",
                "output_tokens_details",
                TokenClass.IMAGE_OUTPUT),
        /** Here the details are in the singular. */
        TRANSCRIPTS("input_tokens", "input_token_details", "output_tokens", "output_token_details", TokenClass.OUTPUT),
        SPEECH("input_tokens", "input_token_details", "output_tokens", "output_token_details", TokenClass.AUDIO_OUTPUT);

        private final String input;
        private final String inputDetails;
        private final String output;
        private final String outputDetails;
        private final TokenClass outputClass;

        Names(String input, String inputDetails, String output, String outputDetails, TokenClass outputClass) {
            this.input = input;
            this.inputDetails = inputDetails;
            this.output = output;
            this.outputDetails = outputDetails;
            this.outputClass = outputClass;
        }
    }

    private OpenAiUsage(Names names, Map<String, Object> usage) {
        this.names = names;
        this.usage = usage;
        this.inputDetails = JsonTree.object(usage.get(names.inputDetails));
        this.outputDetails = JsonTree.object(usage.get(names.outputDetails));
    }

    /**
     * Reads a usage object.
     *
     * @param spoken whether the answer had any words: then an output of zero cannot be true
     */
    static UsageReport read(Names names, Map<String, Object> usage, UnitUsage units, Served served, boolean spoken) {
        if (!usage.containsKey(names.input) && !usage.containsKey(names.output)) {
            return new UsageReport.Missing("no counters");
        }
        OpenAiUsage reading = new OpenAiUsage(names, usage);
        reading.input();
        reading.output(spoken);
        String nonsense = reading.counters.nonsense();
        if (nonsense != null) {
            return new UsageReport.Nonsense(nonsense);
        }
        UsagePart part = new UsagePart(null, new TokenUsage(reading.tokens));
        return new UsageReport.Reported(new Usage(List.of(part), units, served));
    }

    private void input() {
        long input = counters.of(usage, names.input);
        long cached = counters.of(inputDetails, "cached_tokens");
        long written = counters.of(inputDetails, "cache_write_tokens");
        if (input == 0) {
            counters.distrust(names.input);
        }
        // Some hosts report the prompt without what was cached (Grok on Azure): then cached tokens are extra.
        long fresh = cached > input ? Math.max(0, input - written) : Math.max(0, input - cached - written);
        long audio = Math.min(fresh, counters.of(inputDetails, "audio_tokens"));
        long image = Math.min(fresh - audio, counters.of(inputDetails, "image_tokens"));
        tokens.put(TokenClass.INPUT, fresh - audio - image);
        tokens.put(TokenClass.AUDIO_INPUT, audio);
        tokens.put(TokenClass.IMAGE_INPUT, image);
        tokens.put(TokenClass.CACHE_READ, cached);
        tokens.put(TokenClass.CACHE_WRITE_5M, written);
    }

    private void output(boolean spoken) {
        long output = counters.of(usage, names.output);
        if (output == 0 && spoken) {
            counters.distrust(names.output);
        }
        long extra = uncounted(output);
        long reasoning = counters.of(outputDetails, "reasoning_tokens");
        long inside = Math.min(output, Math.max(0, reasoning - extra));
        long audio = Math.min(output - inside, counters.of(outputDetails, "audio_tokens"));
        long image = Math.min(output - inside - audio, counters.of(outputDetails, "image_tokens"));
        tokens.put(TokenClass.REASONING, inside + extra);
        tokens.put(TokenClass.AUDIO_OUTPUT, audio);
        tokens.put(TokenClass.IMAGE_OUTPUT, image);
        boolean toldApart = !outputDetails.isEmpty();
        tokens.merge(toldApart ? TokenClass.OUTPUT : names.outputClass, output - inside - audio - image, Long::sum);
    }

    /** Reasoning that only the total counts, as Google's compatible endpoint and xAI report it. */
    private long uncounted(long output) {
        long input = counters.of(usage, names.input);
        long cached = counters.of(inputDetails, "cached_tokens");
        long beyond = counters.of(usage, "total_tokens") - input - output;
        boolean extraCache = cached > input && beyond >= cached;
        return Math.max(0, extraCache ? beyond - cached : beyond);
    }
}
