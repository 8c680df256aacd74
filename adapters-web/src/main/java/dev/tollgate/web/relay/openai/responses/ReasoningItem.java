package dev.tollgate.web.relay.openai.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.web.relay.JsonText;
import dev.tollgate.web.relay.conversation.WholeAnswer.WholeBlock;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Thinking, told as the one part of a summary, or without any where only its provider can read it; that tells the two
 * apart when they come back.
 */
record ReasoningItem(String id, int index, boolean isReadable) implements OutputItem {
    private static final String TEXT = "text";

    @Override
    public void writeOpen(JsonGenerator json) throws IOException {
        write(json, "in_progress", null, parts -> {});
    }

    @Override
    public void writeDone(JsonGenerator json, WholeBlock block) throws IOException {
        write(json, "completed", block.signature(), parts -> {
            if (isReadable) {
                writePart(parts, block.text());
            }
        });
    }

    @Override
    public void begin(ResponseEvents events) {
        if (isReadable) {
            partEvent(events, "response.reasoning_summary_part.added", "");
        }
    }

    @Override
    public void grow(ResponseEvents events, String piece) {
        textEvent(events, "response.reasoning_summary_text.delta", "delta", piece);
    }

    @Override
    public void end(ResponseEvents events, WholeBlock block) {
        if (isReadable) {
            textEvent(events, "response.reasoning_summary_text.done", TEXT, block.text());
            partEvent(events, "response.reasoning_summary_part.done", block.text());
        }
    }

    private void textEvent(ResponseEvents events, String type, String member, String text) {
        event(events, type, json -> {
            json.writeNumberField("summary_index", 0);
            json.writeStringField(member, text);
        });
    }

    private void partEvent(ResponseEvents events, String type, String text) {
        event(events, type, json -> {
            json.writeNumberField("summary_index", 0);
            json.writeFieldName("part");
            writePart(json, text);
        });
    }

    private void write(JsonGenerator json, String status, @Nullable Signature signature, JsonText.Content parts)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "reasoning");
        json.writeStringField("id", id);
        json.writeStringField("status", status);
        json.writeArrayFieldStart("summary");
        parts.writeTo(json);
        json.writeEndArray();
        if (signature != null) {
            json.writeStringField("encrypted_content", signature.token(Signature.OPENAI));
        }
        json.writeEndObject();
    }

    private static void writePart(JsonGenerator json, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "summary_text");
        json.writeStringField(TEXT, text);
        json.writeEndObject();
    }
}
