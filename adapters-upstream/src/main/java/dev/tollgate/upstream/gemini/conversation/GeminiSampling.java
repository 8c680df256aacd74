package dev.tollgate.upstream.gemini.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Sampling;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the next token is drawn. */
final class GeminiSampling {
    private static final int STOPS_MAX = 5;

    private GeminiSampling() {}

    static void write(Sampling sampling, GeminiModel model, ObjectNode config, Losses losses) {
        number("temperature", sampling.temperature(), config);
        number("topP", sampling.topP(), config);
        if (sampling.topK() != null) {
            config.put("topK", sampling.topK());
        }
        if (model.takesPenalties()) {
            number("frequencyPenalty", sampling.frequencyPenalty(), config);
            number("presencePenalty", sampling.presencePenalty(), config);
        } else {
            dropped(sampling.frequencyPenalty(), CallerField.FREQUENCY_PENALTY, losses);
            dropped(sampling.presencePenalty(), CallerField.PRESENCE_PENALTY, losses);
        }
        seed(sampling.seed(), config, losses);
        stops(sampling.stop(), config, losses);
    }

    private static void number(String name, @Nullable RawJson value, ObjectNode config) {
        if (value != null) {
            config.set(name, Json.tree(value));
        }
    }

    private static void dropped(@Nullable RawJson value, CallerField field, Losses losses) {
        if (value != null) {
            losses.drop(field);
        }
    }

    /** The API's seed has 32 bits. */
    private static void seed(@Nullable Long seed, ObjectNode config, Losses losses) {
        if (seed == null) {
            return;
        }
        if (seed == seed.intValue()) {
            config.put("seed", seed);
        } else {
            losses.drop(CallerField.SEED);
        }
    }

    private static void stops(List<String> stop, ObjectNode config, Losses losses) {
        List<String> stops = stop.stream().filter(each -> !each.isEmpty()).toList();
        if (stops.size() > STOPS_MAX) {
            losses.refuse(CallerField.STOP, "Gemini models take at most " + STOPS_MAX + " stop sequences");
        }
        if (!stops.isEmpty()) {
            stops.forEach(config.putArray("stopSequences")::add);
        }
    }
}
