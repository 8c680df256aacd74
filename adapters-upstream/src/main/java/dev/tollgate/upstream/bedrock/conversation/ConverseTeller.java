package dev.tollgate.upstream.bedrock.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.upstream.conversation.BlockTeller;
import dev.tollgate.upstream.conversation.FittedNames;
import java.util.function.Consumer;

/** Tells the blocks of an answer to Converse, whole or in pieces. */
final class ConverseTeller {
    private final FittedNames names;
    private final boolean claude;
    private final BlockTeller teller = new BlockTeller();
    private final StringBuilder redacted = new StringBuilder();

    /** @param claude whether signatures are Anthropic's; nobody else wants one back */
    ConverseTeller(FittedNames names, boolean claude) {
        this.names = names;
        this.claude = claude;
    }

    void text(String piece, Consumer<AnswerEvent> out) {
        teller.more(new Block.Text(), piece, out);
    }

    void thought(String piece, Consumer<AnswerEvent> out) {
        teller.more(new Block.Thinking(), piece, out);
    }

    /** A thought that nobody is shown is only its signature. */
    void signature(String signature, Consumer<AnswerEvent> out) {
        if (!claude || signature.isEmpty()) {
            return;
        }
        if (!(teller.open() instanceof Block.Thinking)) {
            teller.open(new Block.Thinking(), out);
        }
        teller.sign(own(signature), out);
    }

    /** A thought only its provider can read, which is told whole. */
    void redacted(String piece) {
        if (claude) {
            redacted.append(piece);
        }
    }

    /** A tool of the provider's own says so by its type: that is not for the caller. */
    void call(JsonNode toolUse, Consumer<AnswerEvent> out) {
        if (toolUse.has("name") && !toolUse.path("type").asText().equals("server_tool_use")) {
            String name = names.original(toolUse.path("name").asText());
            teller.open(new Block.ToolCall(toolUse.path("toolUseId").asText(), name, null), out);
        }
    }

    /** What a tool of the provider's own is asked is passed over as well. */
    void arguments(String piece, Consumer<AnswerEvent> out) {
        if (teller.open() instanceof Block.ToolCall) {
            teller.grow(piece, out);
        }
    }

    void close(Consumer<AnswerEvent> out) {
        teller.close(out);
        if (!redacted.isEmpty()) {
            teller.open(new Block.Redacted(own(redacted.toString())), out);
            teller.close(out);
            redacted.setLength(0);
        }
    }

    private static Signature own(String value) {
        return new Signature(Signature.ANTHROPIC, value);
    }
}
