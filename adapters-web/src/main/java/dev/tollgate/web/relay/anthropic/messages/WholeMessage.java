package dev.tollgate.web.relay.anthropic.messages;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.web.relay.JsonText;
import dev.tollgate.web.relay.conversation.WholeAnswer;
import dev.tollgate.web.relay.conversation.WholeAnswer.WholeBlock;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells an answer as one message. */
final class WholeMessage {
    private WholeMessage() {}

    static byte[] of(AnswerFrame frame, List<AnswerEvent> events) {
        WholeAnswer answer = WholeAnswer.of(events);
        AnswerEvent.Finished finished = answer.finished();
        boolean hasRefused = answer.blocks().stream().anyMatch(block -> block.block() instanceof Block.Refusal);
        return JsonText.of(json -> {
            json.writeStartObject();
            frame.writeHead(json);
            json.writeArrayFieldStart("content");
            for (WholeBlock block : answer.blocks()) {
                write(json, frame, block);
            }
            json.writeEndArray();
            AnswerFrame.writeStop(json, AnswerFrame.word(finished.reason(), hasRefused), finished.stopSequence());
            AnswerFrame.writeUsage(json, finished.usage());
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, AnswerFrame frame, WholeBlock block) throws IOException {
        String text = block.text();
        Signature signature = block.signature();
        switch (block.block()) {
            case Block.Text ordinary -> writeText(json, text);
            case Block.Refusal refusal -> writeText(json, text);
            case Block.Thinking thinking -> writeThinking(json, frame, frame.isThinkingShown() ? text : "", signature);
            case Block.Redacted(Signature data) -> {
                if (frame.thinks()) {
                    writeRedacted(json, data);
                }
            }
            case Block.ToolCall call -> {
                if (signature != null) {
                    writeRedacted(json, signature);
                }
                json.writeStartObject();
                BlockForm.writeToolUse(json, call, text);
                json.writeEndObject();
            }
        }
    }

    /** An empty text is no block: sent back it would be refused. */
    private static void writeText(JsonGenerator json, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStartObject();
            BlockForm.writeText(json, text);
            json.writeEndObject();
        }
    }

    private static void writeThinking(JsonGenerator json, AnswerFrame frame, String text, @Nullable Signature signature)
            throws IOException {
        if (frame.thinks() && (!text.isEmpty() || signature != null)) {
            json.writeStartObject();
            BlockForm.writeThinking(json, text, signature);
            json.writeEndObject();
        }
    }

    private static void writeRedacted(JsonGenerator json, Signature data) throws IOException {
        json.writeStartObject();
        BlockForm.writeRedacted(json, data);
        json.writeEndObject();
    }
}
