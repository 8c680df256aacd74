package dev.tollgate.web.relay.conversation;

import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A complete answer, its blocks put together from their events. */
public record WholeAnswer(List<WholeBlock> blocks, AnswerEvent.Finished finished) {
    public WholeAnswer {
        blocks = List.copyOf(blocks);
    }

    /** @param signature the block's own or the one that came later, null if none */
    public record WholeBlock(
            Block block, String text, @Nullable Signature signature) {}

    /** @throws IllegalArgumentException if the events are no complete answer */
    public static WholeAnswer of(List<AnswerEvent> events) {
        List<WholeBlock> blocks = new ArrayList<>();
        OpenBlock open = new OpenBlock(new Block.Text());
        for (AnswerEvent event : events) {
            switch (event) {
                case AnswerEvent.Began began -> open = new OpenBlock(new Block.Text());
                case AnswerEvent.Opened(Block block) -> open = new OpenBlock(block);
                case AnswerEvent.Grew(String piece) -> open.grow(piece);
                case AnswerEvent.Signed(Signature signature) -> open.sign(signature);
                case AnswerEvent.Closed closed -> blocks.add(open.whole());
                case AnswerEvent.Finished finished -> {
                    return new WholeAnswer(blocks, finished);
                }
            }
        }
        throw new IllegalArgumentException("an answer that is not finished");
    }
}
