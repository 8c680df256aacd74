package dev.tollgate.web.relay.openai.chat;

import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.AnswerWriter;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.web.relay.conversation.OpenBlock;
import dev.tollgate.web.relay.conversation.WholeAnswer;
import dev.tollgate.web.relay.openai.conversation.FreeText;
import java.util.List;

/** Tells an answer as chunks of a chat completion, or as a whole one. */
final class ChatAnswer implements AnswerWriter {
    private final RelayCall call;
    private final ChatCallForms forms;
    private final ChatChunks chunks;
    private OpenBlock open = new OpenBlock(new Block.Text());
    private FreeText freeText = new FreeText();
    private int calls;
    private int signedThoughts;

    ChatAnswer(RelayCall call, Conversation conversation) {
        this.call = call;
        forms = ChatCallForms.of(call.body(), conversation);
        chunks = new ChatChunks(ChatHead.of(call), call.body().usageAsked());
    }

    @Override
    public List<Header> headers() {
        return List.of(new Header(
                "content-type", call.body().stream() ? "text/event-stream; charset=utf-8" : "application/json"));
    }

    @Override
    public byte[] whole(List<AnswerEvent> events) {
        return new ChatCompletion(ChatHead.of(call), forms).document(WholeAnswer.of(events));
    }

    @Override
    public byte[] write(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.Began began -> chunks.role();
            case AnswerEvent.Opened(Block block) -> open(block);
            case AnswerEvent.Grew(String piece) -> grow(piece);
            case AnswerEvent.Signed(Signature signature) -> sign(signature);
            case AnswerEvent.Closed closed -> close();
            case AnswerEvent.Finished finished ->
                chunks.end(forms.finish(finished.reason(), calls > 0), finished.usage());
        }
        return chunks.taken();
    }

    private void open(Block block) {
        open = new OpenBlock(block);
        freeText = new FreeText();
        if (block instanceof Block.ToolCall opened && isTold()) {
            chunks.delta(json -> forms.form(opened.name()).writeStart(json, calls, opened));
        }
    }

    /** Only plain text is not kept: thoughts may be signed at their end, and calls may have no arguments. */
    private void grow(String piece) {
        if (piece.isEmpty()) {
            return;
        }
        if (!(open.block() instanceof Block.Text)) {
            open.grow(piece);
        }
        switch (open.block()) {
            case Block.Text text -> chunks.text("content", piece);
            case Block.Thinking thinking -> chunks.text(ChatThoughts.TEXT, piece);
            case Block.Refusal refusal -> chunks.text("refusal", piece);
            case Block.Redacted redacted -> throw new IllegalStateException("redacted thinking does not grow");
            case Block.ToolCall opened -> more(opened, isCustom(opened) ? freeText.more(piece) : piece);
        }
    }

    private boolean isCustom(Block.ToolCall opened) {
        return forms.form(opened.name()) == ChatCallForm.CUSTOM;
    }

    /** The older way has room for one call. */
    private boolean isTold() {
        return calls == 0 || !forms.isOlder();
    }

    private void more(Block.ToolCall opened, String piece) {
        if (!piece.isEmpty() && isTold()) {
            chunks.delta(json -> forms.form(opened.name()).writePiece(json, calls, piece));
        }
    }

    private void sign(Signature signature) {
        open.sign(signature);
        if (open.block() instanceof Block.ToolCall && !forms.isOlder()) {
            chunks.delta(json -> ChatCallForm.writeSignature(json, calls, signature));
        }
    }

    private void close() {
        WholeAnswer.WholeBlock block = open.whole();
        Signature signature = block.signature();
        switch (block.block()) {
            case Block.ToolCall opened -> {
                if (isCustom(opened)) {
                    more(opened, freeText.rest());
                } else if (block.text().isEmpty()) {
                    more(opened, RawJson.EMPTY_OBJECT.text());
                }
                calls++;
            }
            case Block.Thinking thinking -> {
                if (signature != null) {
                    int index = signedThoughts++;
                    chunks.detail(json -> ChatThoughts.writeSigned(json, index, block.text(), signature));
                }
            }
            case Block.Redacted redacted -> {
                int index = signedThoughts++;
                chunks.detail(json -> ChatThoughts.writeRedacted(json, index, redacted.data()));
            }
            case Block.Text text -> {}
            case Block.Refusal refusal -> {}
        }
    }
}
