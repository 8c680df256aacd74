package dev.tollgate.web.relay.anthropic.messages;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.web.relay.JsonText;
import dev.tollgate.web.relay.conversation.ServerSentEvents;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tells an answer as a stream of events. A block starts with the first that is in it, so that none is told empty. */
final class MessageStream {
    private final AnswerFrame frame;
    private final ServerSentEvents events = new ServerSentEvents();

    private Block block = new Block.Text();
    private @Nullable Signature callSignature;
    private boolean isStarted;
    private boolean hasRefused;
    private int index;

    MessageStream(AnswerFrame frame) {
        this.frame = frame;
    }

    byte[] write(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.Began(TokenUsage soFar) -> begin(soFar);
            case AnswerEvent.Opened(Block opened) -> open(opened);
            case AnswerEvent.Grew(String piece) -> grow(piece);
            case AnswerEvent.Signed(Signature signature) -> sign(signature);
            case AnswerEvent.Closed closed -> close();
            case AnswerEvent.Finished finished -> finish(finished);
        }
        return events.taken();
    }

    private void begin(TokenUsage soFar) {
        event("message_start", json -> {
            json.writeObjectFieldStart("message");
            frame.writeHead(json);
            json.writeArrayFieldStart("content");
            json.writeEndArray();
            AnswerFrame.writeStop(json, null, null);
            AnswerFrame.writeUsage(json, soFar);
            json.writeEndObject();
        });
    }

    private void open(Block opened) {
        block = opened;
        callSignature = opened instanceof Block.ToolCall call ? call.signature() : null;
        hasRefused |= opened instanceof Block.Refusal;
        if (opened instanceof Block.Redacted && frame.thinks()) {
            start();
        }
    }

    private void grow(String piece) {
        if (piece.isEmpty()) {
            return;
        }
        switch (block) {
            case Block.Text text -> delta("text_delta", "text", piece);
            case Block.Refusal refusal -> delta("text_delta", "text", piece);
            case Block.ToolCall call -> delta("input_json_delta", "partial_json", piece);
            case Block.Thinking thinking -> {
                if (frame.isThinkingShown()) {
                    delta("thinking_delta", "thinking", piece);
                }
            }
            case Block.Redacted redacted -> {}
        }
    }

    private void sign(Signature signature) {
        if (block instanceof Block.Thinking && frame.thinks()) {
            delta("signature_delta", "signature", signature.token(Signature.ANTHROPIC));
        } else if (block instanceof Block.ToolCall) {
            callSignature = signature;
        }
    }

    private void close() {
        // Clients put a call's input together from its deltas alone.
        if (block instanceof Block.ToolCall && !isStarted) {
            delta("input_json_delta", "partial_json", "{}");
        }
        if (isStarted) {
            stop();
        }
    }

    private void finish(AnswerEvent.Finished finished) {
        event("message_delta", json -> {
            json.writeObjectFieldStart("delta");
            AnswerFrame.writeStop(json, AnswerFrame.word(finished.reason(), hasRefused), finished.stopSequence());
            json.writeEndObject();
            AnswerFrame.writeUsage(json, finished.usage());
        });
        event("message_stop", json -> {});
    }

    private void start() {
        if (isStarted) {
            return;
        }
        Signature before = callSignature;
        if (before != null) {
            callSignature = null;
            startWith(json -> BlockForm.writeRedacted(json, before));
            stop();
        }
        startWith(this::writeStart);
        isStarted = true;
    }

    private void writeStart(JsonGenerator json) throws IOException {
        switch (block) {
            case Block.Text text -> BlockForm.writeText(json, "");
            case Block.Refusal refusal -> BlockForm.writeText(json, "");
            case Block.Thinking thinking -> BlockForm.writeThinking(json, "", null);
            case Block.Redacted(Signature data) -> BlockForm.writeRedacted(json, data);
            case Block.ToolCall call -> BlockForm.writeToolUse(json, call, "");
        }
    }

    private void startWith(JsonText.Content content) {
        event("content_block_start", json -> {
            json.writeNumberField("index", index);
            json.writeObjectFieldStart("content_block");
            content.writeTo(json);
            json.writeEndObject();
        });
    }

    private void delta(String type, String name, String piece) {
        start();
        event("content_block_delta", json -> {
            json.writeNumberField("index", index);
            json.writeObjectFieldStart("delta");
            json.writeStringField("type", type);
            json.writeStringField(name, piece);
            json.writeEndObject();
        });
    }

    private void stop() {
        event("content_block_stop", json -> json.writeNumberField("index", index));
        isStarted = false;
        index++;
    }

    private void event(String type, JsonText.Content content) {
        events.event(type, json -> {
            json.writeStartObject();
            json.writeStringField("type", type);
            content.writeTo(json);
            json.writeEndObject();
        });
    }
}
