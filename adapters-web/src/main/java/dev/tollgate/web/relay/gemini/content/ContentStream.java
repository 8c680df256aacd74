package dev.tollgate.web.relay.gemini.content;

import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.web.relay.JsonText;
import dev.tollgate.web.relay.conversation.OpenBlock;
import dev.tollgate.web.relay.conversation.WholeAnswer.WholeBlock;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Tells an answer as a stream of responses: words as they come, a function's call when all of it is there. */
final class ContentStream {
    private final ResponseFrame frame;
    private final StreamForm form;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private TokenUsage known = TokenUsage.NONE;
    private OpenBlock open = new OpenBlock(new Block.Text());
    private boolean hasRefused;
    private boolean isFirst = true;

    ContentStream(ResponseFrame frame, StreamForm form) {
        this.frame = frame;
        this.form = form;
    }

    byte[] write(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.Began(TokenUsage soFar) -> known = soFar;
            case AnswerEvent.Opened(Block block) -> open(block);
            case AnswerEvent.Grew(String piece) -> grow(piece);
            case AnswerEvent.Signed(Signature signature) -> open.sign(signature);
            case AnswerEvent.Closed closed -> close();
            case AnswerEvent.Finished finished -> finish(finished);
        }
        byte[] bytes = written.toByteArray();
        written.reset();
        return bytes;
    }

    private void open(Block block) {
        open = new OpenBlock(block);
        hasRefused |= block instanceof Block.Refusal;
    }

    private void grow(String piece) {
        open.grow(piece);
        if (piece.isEmpty()) {
            return;
        }
        switch (open.block()) {
            case Block.Text text -> send(json -> PartForm.writeText(json, piece));
            case Block.Refusal refusal -> send(json -> PartForm.writeText(json, piece));
            case Block.Thinking thinking -> {
                if (frame.areThoughtsShown()) {
                    send(json -> PartForm.writeThought(json, piece, null));
                }
            }
            case Block.ToolCall call -> {}
            case Block.Redacted redacted -> {}
        }
    }

    /** Words went out as they came. */
    private void close() {
        WholeBlock whole = open.whole();
        boolean hasRest = switch (whole.block()) {
            case Block.Text text -> false;
            case Block.Refusal refusal -> false;
            case Block.Thinking thinking -> whole.signature() != null && frame.tells(whole);
            case Block.ToolCall call -> true;
            case Block.Redacted redacted -> true;
        };
        if (hasRest) {
            send(json -> PartForm.writeClosed(json, whole, ""));
        }
    }

    /** The last response has the reason and the usage; what it says is empty, as Google's own often is. */
    private void finish(AnswerEvent.Finished finished) {
        String word = ResponseFrame.word(finished.reason(), hasRefused);
        send(json -> PartForm.writeText(json, ""), word, finished.usage());
    }

    private void send(JsonText.Content parts) {
        send(parts, null, known);
    }

    private void send(JsonText.Content parts, @Nullable String finishReason, TokenUsage usage) {
        written.writeBytes(form.before(isFirst));
        written.writeBytes(frame.response(parts, finishReason, usage));
        written.writeBytes(form.after(finishReason != null));
        isFirst = false;
    }
}
