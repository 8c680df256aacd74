package dev.tollgate.upstream.bedrock.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.StopReason;
import dev.tollgate.upstream.conversation.AnswerReader;
import dev.tollgate.upstream.http.StreamEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer to Converse. Only tools are announced before they begin: a text and a thought begin with their first
 * piece. What the provider's own tools ask and answer is not for the caller.
 */
final class ConverseReader implements AnswerReader {
    private final SafeNames names;
    private final boolean claude;
    private final OpenBlock open = new OpenBlock();
    private StopReason reason = StopReason.OTHER;
    private @Nullable String sequence;

    /** @param claude whether signatures are Anthropic's; nobody else wants one back */
    ConverseReader(SafeNames names, boolean claude) {
        this.names = names;
        this.claude = claude;
    }

    @Override
    public void event(StreamEvent event, Consumer<AnswerEvent> out) {
        switch (event.name()) {
            case "contentBlockStart" -> start(read(event).path("start").path("toolUse"), out);
            case "contentBlockDelta" -> {
                JsonNode read = read(event);
                open.at(read.path("contentBlockIndex").asInt(), out);
                delta(read.path("delta"), out);
            }
            case "contentBlockStop" -> open.close(out);
            case "messageStop" -> stopped(read(event), "/additionalModelResponseFields/delta/stop_sequence");
            default -> {} // the beginning, the metadata, and what is new
        }
    }

    private static JsonNode read(StreamEvent event) {
        return Tree.read(event.data(), event.dataFrom(), event.dataTo());
    }

    private void start(JsonNode toolUse, Consumer<AnswerEvent> out) {
        open.close(out);
        if (isCallers(toolUse)) {
            open.open(toolCall(toolUse), out);
        }
    }

    /** A tool of the provider's own says so by its type. */
    private static boolean isCallers(JsonNode toolUse) {
        return toolUse.has("name") && !toolUse.path("type").asText().equals("server_tool_use");
    }

    private Block.ToolCall toolCall(JsonNode toolUse) {
        String name = names.original(toolUse.path("name").asText());
        return new Block.ToolCall(toolUse.path("toolUseId").asText(), name, null);
    }

    private void delta(JsonNode delta, Consumer<AnswerEvent> out) {
        JsonNode reasoning = delta.path("reasoningContent");
        if (delta.path("text").isTextual()) {
            open.grow(new Block.Text(), delta.path("text").asText(), out);
        } else if (delta.has("toolUse")) {
            open.growCall(delta.path("toolUse").path("input").asText(), out);
        } else if (reasoning.has("redactedContent")) {
            open.redact(reasoning.path("redactedContent").asText());
        } else if (reasoning.has("signature")) {
            sign(reasoning.path("signature").asText(), out);
        } else if (reasoning.has("text")) {
            open.grow(new Block.Thinking(), reasoning.path("text").asText(), out);
        }
    }

    private void sign(String signature, Consumer<AnswerEvent> out) {
        if (claude && !signature.isEmpty()) {
            open.sign(new Signature(Signature.ANTHROPIC, signature), out);
        }
    }

    @Override
    public void end(Consumer<AnswerEvent> out) {
        open.close(out);
    }

    @Override
    public void whole(byte[] body, Consumer<AnswerEvent> out) {
        JsonNode answer = Tree.read(body, 0, body.length);
        for (JsonNode block : answer.path("output").path("message").path("content")) {
            wholeBlock(block, out);
            open.close(out);
        }
        stopped(answer, "/additionalModelResponseFields/stop_sequence");
    }

    private void wholeBlock(JsonNode block, Consumer<AnswerEvent> out) {
        JsonNode thought = block.path("reasoningContent").path("reasoningText");
        if (block.path("text").isTextual()) {
            open.grow(new Block.Text(), block.path("text").asText(), out);
        } else if (isCallers(block.path("toolUse"))) {
            open.open(toolCall(block.path("toolUse")), out);
            open.growCall(block.path("toolUse").path("input").toString(), out);
        } else if (thought.has("text")) {
            open.grow(new Block.Thinking(), thought.path("text").asText(), out);
            sign(thought.path("signature").asText(), out);
        } else if (block.path("reasoningContent").has("redactedContent")) {
            open.redact(block.path("reasoningContent").path("redactedContent").asText());
        } else {
            for (JsonNode cited : block.path("citationsContent").path("content")) {
                open.grow(new Block.Text(), cited.path("text").asText(), out);
            }
        }
    }

    private void stopped(JsonNode told, String sequencePath) {
        reason = StopReasons.of(told.path("stopReason").asText());
        JsonNode met = told.at(sequencePath);
        sequence = met.isTextual() ? met.asText() : null;
    }

    @Override
    public Stop stop() {
        return new Stop(reason, sequence);
    }
}
