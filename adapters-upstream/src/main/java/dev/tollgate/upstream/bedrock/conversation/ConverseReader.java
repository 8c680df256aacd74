package dev.tollgate.upstream.bedrock.conversation;

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
 * Reads an answer to Converse. Only tools are announced before they begin: a text and a thought begin with their first
 * piece. What the provider's own tools ask and answer is not for the caller.
 */
final class ConverseReader implements AnswerReader {
    private final FittedNames names;
    private final boolean claude;
    private final BlockTeller teller = new BlockTeller();
    private final StringBuilder redacted = new StringBuilder();
    private int index;
    private StopReason reason = StopReason.OTHER;
    private @Nullable String sequence;

    /** @param claude whether signatures are Anthropic's; nobody else wants one back */
    ConverseReader(FittedNames names, boolean claude) {
        this.names = names;
        this.claude = claude;
    }

    @Override
    public void event(StreamEvent event, Consumer<AnswerEvent> out) {
        switch (event.name()) {
            case "contentBlockStart" -> start(Json.data(event), out);
            case "contentBlockDelta" -> {
                JsonNode data = Json.data(event);
                at(data, out);
                delta(data.path("delta"), out);
            }
            case "contentBlockStop" -> close(out);
            case "messageStop" -> stopped(Json.data(event), "/additionalModelResponseFields/delta/stop_sequence");
            default -> {} // the beginning, the metadata, and what is new
        }
    }

    /** A block nobody said the end of ends where the next begins. */
    private void at(JsonNode data, Consumer<AnswerEvent> out) {
        int next = data.path("contentBlockIndex").asInt();
        if (next != index) {
            close(out);
        }
        index = next;
    }

    private void start(JsonNode data, Consumer<AnswerEvent> out) {
        at(data, out);
        JsonNode toolUse = data.path("start").path("toolUse");
        if (isCallers(toolUse)) {
            teller.open(toolCall(toolUse), out);
        }
    }

    private void close(Consumer<AnswerEvent> out) {
        teller.close(out);
        if (!redacted.isEmpty()) {
            teller.open(new Block.Redacted(new Signature(Signature.ANTHROPIC, redacted.toString())), out);
            teller.close(out);
            redacted.setLength(0);
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
            teller.more(new Block.Text(), delta.path("text").asText(), out);
        } else if (delta.has("toolUse")) {
            grow(delta.path("toolUse").path("input").asText(), out);
        } else if (reasoning.has("redactedContent")) {
            redacted.append(reasoning.path("redactedContent").asText());
        } else if (reasoning.has("signature")) {
            sign(reasoning.path("signature").asText(), out);
        } else if (reasoning.has("text")) {
            teller.more(new Block.Thinking(), reasoning.path("text").asText(), out);
        }
    }

    /** What a tool of the provider's own is asked is passed over. */
    private void grow(String arguments, Consumer<AnswerEvent> out) {
        if (teller.open() instanceof Block.ToolCall) {
            teller.grow(arguments, out);
        }
    }

    /** A thought that nobody is shown is only its signature. */
    private void sign(String signature, Consumer<AnswerEvent> out) {
        if (!claude || signature.isEmpty()) {
            return;
        }
        if (!(teller.open() instanceof Block.Thinking)) {
            teller.open(new Block.Thinking(), out);
        }
        teller.sign(new Signature(Signature.ANTHROPIC, signature), out);
    }

    @Override
    public void end(Consumer<AnswerEvent> out) {
        close(out);
    }

    @Override
    public void whole(byte[] body, Consumer<AnswerEvent> out) {
        JsonNode answer = Json.read(body);
        for (JsonNode block : answer.path("output").path("message").path("content")) {
            wholeBlock(block, out);
            close(out);
        }
        stopped(answer, "/additionalModelResponseFields/stop_sequence");
    }

    private void wholeBlock(JsonNode block, Consumer<AnswerEvent> out) {
        JsonNode thought = block.path("reasoningContent").path("reasoningText");
        if (block.path("text").isTextual()) {
            teller.more(new Block.Text(), block.path("text").asText(), out);
        } else if (isCallers(block.path("toolUse"))) {
            teller.open(toolCall(block.path("toolUse")), out);
            teller.grow(block.path("toolUse").path("input").toString(), out);
        } else if (thought.has("text")) {
            teller.more(new Block.Thinking(), thought.path("text").asText(), out);
            sign(thought.path("signature").asText(), out);
        } else if (block.path("reasoningContent").has("redactedContent")) {
            redacted.append(
                    block.path("reasoningContent").path("redactedContent").asText());
        } else {
            for (JsonNode cited : block.path("citationsContent").path("content")) {
                teller.more(new Block.Text(), cited.path("text").asText(), out);
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
