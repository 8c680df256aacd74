package dev.tollgate.upstream.bedrock.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Sampling;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the next token is drawn and what ends the answer: {@code inferenceConfig}, and what models have beside it. */
final class ConverseSampling {
    private final Sampling sampling;
    private final TargetModel model;
    private final Losses losses;

    ConverseSampling(Sampling sampling, TargetModel model, Losses losses) {
        this.sampling = sampling;
        this.model = model;
        this.losses = losses;
    }

    /**
     * Writes what there is a place for.
     *
     * @param more the model's own members
     * @param thinking whether a Claude model is going to think, which leaves no say in sampling
     */
    void write(ObjectNode body, ObjectNode more, @Nullable Long bound, boolean thinking) {
        ObjectNode config = Json.object();
        if (bound != null) {
            config.put("maxTokens", bound);
        }
        boolean free = !thinking && !(model.isClaude() && !model.claude().takesSampling());
        RawJson temperature = sampling.temperature();
        if (temperature != null && free) {
            config.set("temperature", Json.tree(atMostOne(temperature)));
        }
        boolean topPToo = free && (temperature == null || takesBoth());
        if (sampling.topP() != null && topPToo) {
            config.set("topP", Json.tree(sampling.topP()));
        }
        dropUnless(temperature == null || free, CallerField.TEMPERATURE);
        dropUnless(sampling.topP() == null || topPToo, CallerField.TOP_P);
        writeTopK(more, free);
        dropUnless(sampling.seed() == null, CallerField.SEED);
        dropUnless(sampling.frequencyPenalty() == null, CallerField.FREQUENCY_PENALTY);
        dropUnless(sampling.presencePenalty() == null, CallerField.PRESENCE_PENALTY);
        writeStops(config);
        if (!config.isEmpty()) {
            body.set("inferenceConfig", config);
        }
    }

    private boolean takesBoth() {
        return !model.isClaude() || model.claude().takesBothTemperatureAndTopP();
    }

    private void dropUnless(boolean said, CallerField field) {
        if (!said) {
            losses.drop(field);
        }
    }

    /** Converse's scale ends at 1 where OpenAI's and Gemini's go on to 2. */
    private static RawJson atMostOne(RawJson temperature) {
        return new BigDecimal(temperature.text()).compareTo(BigDecimal.ONE) > 0 ? new RawJson("1") : temperature;
    }

    private void writeTopK(ObjectNode more, boolean free) {
        Long topK = sampling.topK();
        if (topK == null) {
            return;
        }
        switch (model.maker()) {
            case CLAUDE -> {
                if (free) {
                    more.put("top_k", topK);
                } else {
                    losses.drop(CallerField.TOP_K);
                }
            }
            case NOVA, NOVA_2 -> more.putObject("inferenceConfig").put("topK", topK);
            case GPT_OSS, OTHER -> losses.drop(CallerField.TOP_K);
        }
    }

    /** White space alone is refused as a stop sequence. */
    private void writeStops(ObjectNode config) {
        List<String> stops =
                sampling.stop().stream().filter(stop -> !stop.isBlank()).toList();
        if (!stops.isEmpty()) {
            ArrayNode sequences = config.putArray("stopSequences");
            stops.forEach(sequences::add);
        }
    }
}
