package dev.tollgate.upstream.openai.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Sampling;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the next token is drawn; reasoning models refuse all of it but the stops and the seed. */
final class ChatSampling {
    private static final int STOPS_MAX = 4;

    private ChatSampling() {}

    static void write(Sampling sampling, ChatModel model, ObjectNode body, Losses losses) {
        boolean taken = model.takesSampling();
        member("temperature", tree(sampling.temperature()), taken, CallerField.TEMPERATURE, body, losses);
        member("top_p", tree(sampling.topP()), taken, CallerField.TOP_P, body, losses);
        member("top_k", whole(sampling.topK()), false, CallerField.TOP_K, body, losses);
        member(
                "frequency_penalty",
                tree(sampling.frequencyPenalty()),
                taken,
                CallerField.FREQUENCY_PENALTY,
                body,
                losses);
        member("presence_penalty", tree(sampling.presencePenalty()), taken, CallerField.PRESENCE_PENALTY, body, losses);
        member("seed", whole(sampling.seed()), true, CallerField.SEED, body, losses);
        stops(sampling.stop(), body, losses);
    }

    private static @Nullable JsonNode tree(@Nullable RawJson value) {
        return value == null ? null : Json.tree(value);
    }

    private static @Nullable JsonNode whole(@Nullable Long value) {
        return value == null ? null : LongNode.valueOf(value);
    }

    private static void member(
            String name, @Nullable JsonNode value, boolean taken, CallerField field, ObjectNode body, Losses losses) {
        if (value != null && taken) {
            body.set(name, value);
        } else if (value != null) {
            losses.drop(field);
        }
    }

    private static void stops(List<String> stop, ObjectNode body, Losses losses) {
        List<String> stops = stop.stream().filter(each -> !each.isEmpty()).toList();
        if (stops.size() > STOPS_MAX) {
            losses.refuse(CallerField.STOP, "This model takes at most " + STOPS_MAX + " stop sequences");
        }
        if (!stops.isEmpty()) {
            stops.forEach(body.putArray("stop")::add);
        }
    }
}
