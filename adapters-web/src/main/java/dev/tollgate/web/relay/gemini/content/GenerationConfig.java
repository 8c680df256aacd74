package dev.tollgate.web.relay.gemini.content;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Reasoning.Effort;
import dev.tollgate.application.relay.conversation.Sampling;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code generationConfig}: how the answer is to be made. */
record GenerationConfig(
        Sampling sampling,
        @Nullable Long outputBound,
        @Nullable Reasoning reasoning,
        OutputFormat format) {
    static final GenerationConfig NONE = new GenerationConfig(Sampling.ORDINARY, null, null, OutputFormat.TEXT);

    private static final Set<String> TEXT_MODALITIES = Set.of("TEXT", "MODALITY_UNSPECIFIED");
    private static final String NOT_HERE = "the model that serves this call cannot give it";

    static GenerationConfig read(ProtoMembers config) {
        refuseWhatChangesMeaning(config);
        GenerationConfig read = new GenerationConfig(
                readSampling(config), config.whole("maxOutputTokens"), readReasoning(config), readFormat(config));
        config.dropRest();
        return read;
    }

    private static void refuseWhatChangesMeaning(ProtoMembers config) {
        Long candidates = config.whole("candidateCount");
        if (candidates != null && candidates > 1) {
            config.refuse("candidateCount", "must be 1 for this model");
        }
        if (config.isTrue("responseLogprobs")) {
            config.refuse("responseLogprobs", NOT_HERE);
        }
        for (String modality : config.texts("responseModalities")) {
            if (!TEXT_MODALITIES.contains(modality.toUpperCase(Locale.ROOT))) {
                config.refuse("responseModalities", NOT_HERE + ": " + modality);
            }
        }
        if (config.has("responseFormat")) {
            config.refuse("responseFormat", "use responseMimeType and responseJsonSchema with this model");
        }
    }

    private static Sampling readSampling(ProtoMembers config) {
        return new Sampling(
                config.number("temperature"),
                config.number("topP"),
                config.whole("topK"),
                config.number("frequencyPenalty"),
                config.number("presencePenalty"),
                config.whole("seed"),
                config.texts("stopSequences"));
    }

    /** Null where the caller said nothing. */
    private static @Nullable Reasoning readReasoning(ProtoMembers config) {
        ProtoMembers thinking = config.object("thinkingConfig");
        if (thinking == null) {
            return null;
        }
        boolean isShown = thinking.isTrue("includeThoughts");
        Long budget = thinking.whole("thinkingBudget");
        Effort effort = effort(thinking);
        thinking.dropRest();
        if (budget != null && budget >= 0) {
            return budget == 0 ? new Reasoning.Off() : new Reasoning.Budget(budget, isShown);
        }
        boolean isAsked = budget != null || effort != null || isShown;
        return isAsked ? new Reasoning.Adaptive(effort, isShown) : null;
    }

    private static @Nullable Effort effort(ProtoMembers thinking) {
        String level = thinking.word("thinkingLevel");
        if (level == null) {
            return null;
        }
        return switch (level) {
            case "MINIMAL" -> Effort.MINIMAL;
            case "LOW" -> Effort.LOW;
            case "MEDIUM" -> Effort.MEDIUM;
            case "HIGH" -> Effort.HIGH;
            default -> {
                thinking.drop("thinkingLevel");
                yield null;
            }
        };
    }

    private static OutputFormat readFormat(ProtoMembers config) {
        String mimeType = config.text("responseMimeType");
        RawJson schema = schema(config);
        boolean isJson = "application/json".equals(mimeType);
        if (!isJson && mimeType != null && !mimeType.equals("text/plain")) {
            config.refuse("responseMimeType", "must be 'text/plain' or 'application/json' for this model");
        }
        if (schema != null) {
            return new OutputFormat.JsonSchema(null, null, schema, null);
        }
        return isJson ? new OutputFormat.JsonObject() : OutputFormat.TEXT;
    }

    private static @Nullable RawJson schema(ProtoMembers config) {
        JsonNode google = config.value("responseSchema");
        RawJson json = config.raw("responseJsonSchema");
        RawJson older = config.raw("_responseJsonSchema");
        if (google != null) {
            return new RawJson(GoogleSchema.json(google).toString());
        }
        return json == null ? older : json;
    }
}
