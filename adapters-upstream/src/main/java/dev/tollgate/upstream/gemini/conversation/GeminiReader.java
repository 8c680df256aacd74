package dev.tollgate.upstream.gemini.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.StopReason;
import dev.tollgate.upstream.conversation.AnswerReader;
import dev.tollgate.upstream.conversation.BlockTeller;
import dev.tollgate.upstream.conversation.FittedNames;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.http.StreamEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the first candidate of an answer; a chunk of a stream and a whole answer have one form. */
final class GeminiReader implements AnswerReader {
    private static final Block TEXT = new Block.Text();
    private static final Block THINKING = new Block.Thinking();

    private final FittedNames names;
    private final BlockTeller teller = new BlockTeller();
    private @Nullable PartialCall growing;
    private String reason = "";
    private boolean blocked;

    GeminiReader(FittedNames names) {
        this.names = names;
    }

    @Override
    public void event(StreamEvent event, Consumer<AnswerEvent> out) {
        read(Json.data(event), out);
    }

    @Override
    public void whole(byte[] body, Consumer<AnswerEvent> out) {
        read(Json.read(body), out);
        end(out);
    }

    private void read(JsonNode answer, Consumer<AnswerEvent> out) {
        for (JsonNode candidate : answer.path("candidates")) {
            if (candidate.path("index").asInt(0) == 0) {
                candidate.path("content").path("parts").forEach(part -> part(part, out));
                reason = candidate.path("finishReason").asText(reason);
            }
        }
        JsonNode feedback = answer.path("promptFeedback");
        if (feedback.path("blockReason").isTextual()) {
            blocked = true;
            teller.more(new Block.Refusal(), Json.text(feedback, "blockReasonMessage"), out);
        }
    }

    /** Pictures, and what the server's own tools did, have no place in an answer and are passed over. */
    private void part(JsonNode part, Consumer<AnswerEvent> out) {
        Signature signature = signature(part);
        if (part.path("functionCall").isObject()) {
            call(part.path("functionCall"), signature, out);
        } else if (part.path("thought").asBoolean(false)) {
            teller.more(THINKING, Json.text(part, "text"), out);
            if (signature != null && teller.open() instanceof Block.Thinking) {
                teller.sign(signature, out);
            }
        } else {
            teller.more(TEXT, Json.text(part, "text"), out);
        }
    }

    private static @Nullable Signature signature(JsonNode part) {
        String value = Json.text(part, "thoughtSignature");
        return value.isEmpty() ? null : new Signature(Signature.GEMINI, value);
    }

    /** A call comes whole, or its name first and its arguments in pieces until one says that there are no more. */
    private void call(JsonNode call, @Nullable Signature signature, Consumer<AnswerEvent> out) {
        String name = Json.text(call, "name");
        if (!name.isEmpty()) {
            finish(out);
            String id = Json.text(call, "id");
            growing = new PartialCall(
                    new Block.ToolCall(id.isEmpty() ? BlockTeller.madeUpId() : id, names.original(name), signature));
        }
        if (growing == null) {
            return;
        }
        growing.add(call);
        if (!call.path("willContinue").asBoolean(false)) {
            finish(out);
        }
    }

    private void finish(Consumer<AnswerEvent> out) {
        PartialCall complete = growing;
        if (complete != null) {
            growing = null;
            teller.call(complete.call(), complete.arguments(), out);
        }
    }

    @Override
    public void end(Consumer<AnswerEvent> out) {
        finish(out);
        teller.close(out);
    }

    @Override
    public Stop stop() {
        StopReason why = switch (reason) {
            case "STOP" -> teller.isToolCalled() ? StopReason.TOOL_CALLS : StopReason.END;
            case "MAX_TOKENS" -> StopReason.MAX_OUTPUT;
            case "SAFETY",
                    "RECITATION",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "MODEL_ARMOR",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION" -> StopReason.REFUSED;
            case "MALFORMED_FUNCTION_CALL", "MALFORMED_RESPONSE", "MISSING_THOUGHT_SIGNATURE" -> StopReason.MALFORMED;
            case "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS" ->
                teller.isToolCalled() ? StopReason.TOOL_CALLS : StopReason.MALFORMED;
            case "" -> blocked ? StopReason.REFUSED : unsaid();
            default -> StopReason.OTHER;
        };
        return new Stop(why, null);
    }

    private StopReason unsaid() {
        return teller.isToolCalled() ? StopReason.TOOL_CALLS : StopReason.OTHER;
    }
}
