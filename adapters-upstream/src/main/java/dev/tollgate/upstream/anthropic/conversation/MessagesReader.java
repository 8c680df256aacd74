package dev.tollgate.upstream.anthropic.conversation;

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

/**
 * Reads an answer of content blocks. What the server's own tools did, and blocks of kinds unknown, are passed over. A
 * second {@code message_start} in a stream restarts the blocks.
 */
final class MessagesReader implements AnswerReader {
    private final FittedNames names;
    private final BlockTeller teller = new BlockTeller();
    private String givenArguments = "";
    private String reason = "";
    private @Nullable String sequence;

    MessagesReader(FittedNames names) {
        this.names = names;
    }

    @Override
    public void event(StreamEvent event, Consumer<AnswerEvent> out) {
        JsonNode data = Json.data(event);
        switch (Json.text(data, "type")) {
            case "message_start" -> close(out);
            case "content_block_start" -> start(data.path("content_block"), out);
            case "content_block_delta" -> delta(data.path("delta"), out);
            case "content_block_stop" -> close(out);
            case "message_delta" -> stopped(data.path("delta"));
            default -> {}
        }
    }

    private void start(JsonNode block, Consumer<AnswerEvent> out) {
        close(out);
        switch (Json.text(block, "type")) {
            case "text" -> {
                teller.open(new Block.Text(), out);
                teller.grow(Json.text(block, "text"), out);
            }
            case "thinking" -> {
                teller.open(new Block.Thinking(), out);
                teller.grow(Json.text(block, "thinking"), out);
                sign(Json.text(block, "signature"), out);
            }
            case "redacted_thinking" -> teller.open(new Block.Redacted(own(Json.text(block, "data"))), out);
            case "tool_use" -> tool(block, out);
            default -> {}
        }
    }

    /** Some servers give the arguments at once and no pieces of them. */
    private void tool(JsonNode block, Consumer<AnswerEvent> out) {
        String id = Json.text(block, "id");
        String name = names.original(Json.text(block, "name"));
        teller.open(new Block.ToolCall(id.isEmpty() ? BlockTeller.madeUpId() : id, name, null), out);
        givenArguments = block.path("input").isEmpty() ? "" : block.get("input").toString();
    }

    private void delta(JsonNode delta, Consumer<AnswerEvent> out) {
        Block open = teller.open();
        switch (Json.text(delta, "type")) {
            case "text_delta" -> grow(open instanceof Block.Text, delta, "text", out);
            case "thinking_delta" -> grow(open instanceof Block.Thinking, delta, "thinking", out);
            case "input_json_delta" -> {
                String piece = Json.text(delta, "partial_json");
                givenArguments = piece.isEmpty() ? givenArguments : "";
                grow(open instanceof Block.ToolCall, delta, "partial_json", out);
            }
            case "signature_delta" -> sign(Json.text(delta, "signature"), out);
            default -> {}
        }
    }

    private void grow(boolean belongs, JsonNode delta, String member, Consumer<AnswerEvent> out) {
        if (belongs) {
            teller.grow(Json.text(delta, member), out);
        }
    }

    private void sign(String signature, Consumer<AnswerEvent> out) {
        if (teller.open() instanceof Block.Thinking) {
            teller.sign(own(signature), out);
        }
    }

    private static Signature own(String value) {
        return new Signature(Signature.ANTHROPIC, value);
    }

    private void close(Consumer<AnswerEvent> out) {
        teller.grow(givenArguments, out);
        givenArguments = "";
        teller.close(out);
    }

    private void stopped(JsonNode message) {
        reason = message.path("stop_reason").asText(reason);
        JsonNode met = message.path("stop_sequence");
        sequence = met.isTextual() ? met.asText() : sequence;
    }

    @Override
    public void end(Consumer<AnswerEvent> out) {
        close(out);
    }

    @Override
    public void whole(byte[] body, Consumer<AnswerEvent> out) {
        JsonNode message = Json.read(body);
        for (JsonNode block : message.path("content")) {
            start(block, out);
            close(out);
        }
        stopped(message);
    }

    @Override
    public Stop stop() {
        StopReason why = switch (reason) {
            case "end_turn" -> StopReason.END;
            case "stop_sequence" -> StopReason.STOP_SEQUENCE;
            case "max_tokens" -> StopReason.MAX_OUTPUT;
            case "model_context_window_exceeded" -> StopReason.CONTEXT_FULL;
            case "tool_use" -> StopReason.TOOL_CALLS;
            case "refusal" -> StopReason.REFUSED;
            case "pause_turn", "compaction" -> StopReason.PAUSED;
            case "", "null" -> teller.isToolCalled() ? StopReason.TOOL_CALLS : StopReason.END;
            default -> StopReason.OTHER;
        };
        return new Stop(why, why == StopReason.STOP_SEQUENCE ? sequence : null);
    }
}
