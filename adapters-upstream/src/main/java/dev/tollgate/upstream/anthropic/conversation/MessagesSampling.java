package dev.tollgate.upstream.anthropic.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Sampling;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.ClaudeModel;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the next token is drawn, as far as the model's age and its thinking allow; the rest is left out and named. */
final class MessagesSampling {
    /** With thinking on, {@code top_p} may be no lower. */
    private static final BigDecimal TOP_P_THINKING_MIN = new BigDecimal("0.95");

    private MessagesSampling() {}

    static void write(Sampling sampling, ClaudeModel model, boolean thinking, ObjectNode body, Losses losses) {
        boolean taken = model.takesSampling();
        RawJson temperature = sampling.temperature();
        if (temperature != null && (!taken || thinking)) {
            losses.drop(CallerField.TEMPERATURE);
            temperature = null;
        }
        if (temperature != null) {
            BigDecimal asked = Json.tree(temperature).decimalValue();
            body.set("temperature", asked.compareTo(BigDecimal.ONE) > 0 ? whole(1) : Json.tree(temperature));
        }
        topP(
                sampling.topP(),
                taken && (temperature == null || model.takesBothTemperatureAndTopP()),
                thinking,
                body,
                losses);
        if (sampling.topK() != null && taken && !thinking) {
            body.put("top_k", sampling.topK());
        } else {
            dropped(sampling.topK(), CallerField.TOP_K, losses);
        }
        dropped(sampling.frequencyPenalty(), CallerField.FREQUENCY_PENALTY, losses);
        dropped(sampling.presencePenalty(), CallerField.PRESENCE_PENALTY, losses);
        dropped(sampling.seed(), CallerField.SEED, losses);
        stops(sampling.stop(), body, losses);
    }

    private static JsonNode whole(long number) {
        return DecimalNode.valueOf(BigDecimal.valueOf(number));
    }

    private static void topP(@Nullable RawJson topP, boolean taken, boolean thinking, ObjectNode body, Losses losses) {
        if (topP == null) {
            return;
        }
        boolean high = Json.tree(topP).decimalValue().compareTo(TOP_P_THINKING_MIN) >= 0;
        if (taken && (high || !thinking)) {
            body.set("top_p", Json.tree(topP));
        } else {
            losses.drop(CallerField.TOP_P);
        }
    }

    private static void dropped(@Nullable Object value, CallerField field, Losses losses) {
        if (value != null) {
            losses.drop(field);
        }
    }

    private static void stops(List<String> stop, ObjectNode body, Losses losses) {
        List<String> stops = stop.stream().filter(each -> !each.isEmpty()).toList();
        if (stops.stream().anyMatch(String::isBlank)) {
            losses.refuse(CallerField.STOP, "Claude models take no stop sequence that is only white space");
        }
        if (!stops.isEmpty()) {
            stops.forEach(body.putArray("stop_sequences")::add);
        }
    }
}
