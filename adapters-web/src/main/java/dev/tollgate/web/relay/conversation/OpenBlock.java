package dev.tollgate.web.relay.conversation;

import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.web.relay.conversation.WholeAnswer.WholeBlock;
import org.jspecify.annotations.Nullable;

/** A block of an answer while it grows. */
public final class OpenBlock {
    private final Block block;
    private final StringBuilder text = new StringBuilder();
    private @Nullable Signature signature;

    public OpenBlock(Block block) {
        this.block = block;
        this.signature = switch (block) {
            case Block.ToolCall call -> call.signature();
            case Block.Redacted redacted -> redacted.data();
            case Block.Text text -> null;
            case Block.Thinking thinking -> null;
            case Block.Refusal refusal -> null;
        };
    }

    public Block block() {
        return block;
    }

    public void grow(String piece) {
        text.append(piece);
    }

    public void sign(Signature given) {
        signature = given;
    }

    public WholeBlock whole() {
        return new WholeBlock(block, text.toString(), signature);
    }
}
