package dev.tollgate.upstream.bedrock.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.StopReason;
import dev.tollgate.upstream.conversation.AnswerReader;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.http.StreamEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer to Converse. Only tools are announced before they begin: a text and a thought begin with their first
 * piece. What the provider's own tools ask and answer is not for the caller.
 */
final class ConverseReader implements AnswerReader {
    private static final String STREAMED_SEQUENCE = "/additionalModelResponseFields/delta/stop_sequence";
    private static final String WHOLE_SEQUENCE = "/additionalModelResponseFields/stop_sequence";

    private final ConverseTeller teller;
    private int index;
    private StopReason reason = StopReason.OTHER;
    private @Nullable String sequence;

    ConverseReader(ConverseTeller teller) {
        this.teller = teller;
    }

    @Override
    public void event(StreamEvent event, Consumer<AnswerEvent> out) {
        switch (event.name()) {
            case "contentBlockStart" -> {
                JsonNode data = at(event, out);
                teller.call(data.path("start").path("toolUse"), out);
            }
            case "contentBlockDelta" -> {
                JsonNode data = at(event, out);
                delta(data.path("delta"), out);
            }
            case "contentBlockStop" -> teller.close(out);
            case "messageStop" -> stopped(Json.data(event), STREAMED_SEQUENCE);
            default -> {} // the beginning, the metadata, and what is new
        }
    }

    /** A block nobody said the end of ends where the next begins. */
    private JsonNode at(StreamEvent event, Consumer<AnswerEvent> out) {
        JsonNode data = Json.data(event);
        int next = data.path("contentBlockIndex").asInt();
        if (next != index) {
            teller.close(out);
        }
        index = next;
        return data;
    }

    private void delta(JsonNode delta, Consumer<AnswerEvent> out) {
        JsonNode reasoning = delta.path("reasoningContent");
        if (delta.has("text")) {
            teller.text(Json.text(delta, "text"), out);
        } else if (delta.has("toolUse")) {
            teller.arguments(Json.text(delta.path("toolUse"), "input"), out);
        } else if (reasoning.has("redactedContent")) {
            teller.redacted(Json.text(reasoning, "redactedContent"));
        } else if (reasoning.has("signature")) {
            teller.signature(Json.text(reasoning, "signature"), out);
        } else {
            teller.thought(Json.text(reasoning, "text"), out);
        }
    }

    @Override
    public void end(Consumer<AnswerEvent> out) {
        teller.close(out);
    }

    @Override
    public void whole(byte[] body, Consumer<AnswerEvent> out) {
        JsonNode answer = Json.read(body);
        for (JsonNode block : answer.path("output").path("message").path("content")) {
            wholeBlock(block, out);
            teller.close(out);
        }
        stopped(answer, WHOLE_SEQUENCE);
    }

    private void wholeBlock(JsonNode block, Consumer<AnswerEvent> out) {
        JsonNode reasoning = block.path("reasoningContent");
        JsonNode thought = reasoning.path("reasoningText");
        teller.text(Json.text(block, "text"), out);
        teller.thought(Json.text(thought, "text"), out);
        teller.signature(Json.text(thought, "signature"), out);
        teller.redacted(Json.text(reasoning, "redactedContent"));
        teller.call(block.path("toolUse"), out);
        teller.arguments(block.path("toolUse").path("input").toString(), out);
        for (JsonNode cited : block.path("citationsContent").path("content")) {
            teller.text(Json.text(cited, "text"), out);
        }
    }

    private void stopped(JsonNode told, String sequencePath) {
        reason = StopReasons.of(Json.text(told, "stopReason"));
        JsonNode met = told.at(sequencePath);
        sequence = met.isTextual() ? met.asText() : null;
    }

    @Override
    public Stop stop() {
        return new Stop(reason, sequence);
    }
}
