package dev.tollgate.upstream.conversation;

import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Signature;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells an answer block by block, so that never two are open at once and no tool call is without its arguments. */
public final class BlockTeller {
    private @Nullable Block open;
    private boolean grown;
    private boolean toolCalled;

    public @Nullable Block open() {
        return open;
    }

    /** Whether a tool call has been told. */
    public boolean isToolCalled() {
        return toolCalled;
    }

    /** Opens a block, closing the one before it. */
    public void open(Block block, Consumer<AnswerEvent> out) {
        close(out);
        open = block;
        grown = false;
        toolCalled |= block instanceof Block.ToolCall;
        out.accept(new AnswerEvent.Opened(block));
    }

    /** More of a block of this kind: of the open one if it is such, else of a new one. Nothing for no text. */
    public void more(Block kind, String piece, Consumer<AnswerEvent> out) {
        if (piece.isEmpty()) {
            return;
        }
        if (!kind.equals(open)) {
            open(kind, out);
        }
        grow(piece, out);
    }

    /** More of the open block. */
    public void grow(String piece, Consumer<AnswerEvent> out) {
        if (!piece.isEmpty() && open != null) {
            grown = true;
            out.accept(new AnswerEvent.Grew(piece));
        }
    }

    /** The open block's signature. */
    public void sign(Signature signature, Consumer<AnswerEvent> out) {
        if (open != null && !signature.value().isEmpty()) {
            out.accept(new AnswerEvent.Signed(signature));
        }
    }

    /** Closes what is open, if anything is. */
    public void close(Consumer<AnswerEvent> out) {
        if (open == null) {
            return;
        }
        if (open instanceof Block.ToolCall && !grown) {
            out.accept(new AnswerEvent.Grew(RawJson.EMPTY_OBJECT.text()));
        }
        open = null;
        out.accept(new AnswerEvent.Closed());
    }

    /** A whole tool call at once. */
    public void call(Block.ToolCall call, String arguments, Consumer<AnswerEvent> out) {
        open(call, out);
        grow(arguments, out);
        close(out);
    }

    /** An id for a call that was given none. */
    public static String madeUpId() {
        return "call_" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    }
}
