package dev.tollgate.upstream.bedrock.conversation;

import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one block of an answer that may be open, opened by whatever comes first and closed before the next. */
final class OpenBlock {
    private final StringBuilder redacted = new StringBuilder();
    private @Nullable Block block;
    private boolean grown;
    private int index = -1;

    /** What comes next belongs to the block of that number. */
    void at(int next, Consumer<AnswerEvent> out) {
        if (next != index && index >= 0) {
            close(out);
        }
        index = next;
    }

    void open(Block opened, Consumer<AnswerEvent> out) {
        close(out);
        block = opened;
        grown = false;
        out.accept(new AnswerEvent.Opened(opened));
    }

    /** More of a block of that kind, which is opened where another or none is open. */
    void grow(Block kind, String piece, Consumer<AnswerEvent> out) {
        if (piece.isEmpty()) {
            return;
        }
        if (!kind.equals(block)) {
            int same = index;
            open(kind, out);
            index = same;
        }
        grow(piece, out);
    }

    private void grow(String piece, Consumer<AnswerEvent> out) {
        grown = true;
        out.accept(new AnswerEvent.Grew(piece));
    }

    /** More of a tool's arguments; those of a tool that is not the caller's are passed over. */
    void growCall(String piece, Consumer<AnswerEvent> out) {
        if (block instanceof Block.ToolCall && !piece.isEmpty()) {
            grow(piece, out);
        }
    }

    void sign(Signature signature, Consumer<AnswerEvent> out) {
        if (!(block instanceof Block.Thinking)) { // a thought nobody may see is only its signature
            open(new Block.Thinking(), out);
        }
        out.accept(new AnswerEvent.Signed(signature));
    }

    /** More of a thought only its provider can read; it is told whole. */
    void redact(String piece) {
        redacted.append(piece);
    }

    void close(Consumer<AnswerEvent> out) {
        if (block instanceof Block.ToolCall && !grown) { // a tool without parameters
            out.accept(new AnswerEvent.Grew("{}"));
        }
        if (block != null) {
            out.accept(new AnswerEvent.Closed());
        }
        if (!redacted.isEmpty()) {
            Signature data = new Signature(Signature.ANTHROPIC, redacted.toString());
            out.accept(new AnswerEvent.Opened(new Block.Redacted(data)));
            out.accept(new AnswerEvent.Closed());
            redacted.setLength(0);
        }
        block = null;
        index = -1;
    }
}
