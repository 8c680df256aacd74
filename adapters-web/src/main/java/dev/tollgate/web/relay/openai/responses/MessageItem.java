package dev.tollgate.web.relay.openai.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.web.relay.JsonText;
import dev.tollgate.web.relay.conversation.WholeAnswer.WholeBlock;
import java.io.IOException;

/** A message of one text or one refusal. */
record MessageItem(String id, int index, boolean isRefusal) implements OutputItem {
    @Override
    public void writeOpen(JsonGenerator json) throws IOException {
        write(json, "in_progress", parts -> {});
    }

    @Override
    public void writeDone(JsonGenerator json, WholeBlock block) throws IOException {
        write(json, "completed", parts -> writePart(parts, block.text()));
    }

    @Override
    public void begin(ResponseEvents events) {
        partEvent(events, "response.content_part.added", "");
    }

    @Override
    public void grow(ResponseEvents events, String piece) {
        event(events, isRefusal ? "response.refusal.delta" : "response.output_text.delta", json -> {
            json.writeNumberField("content_index", 0);
            json.writeStringField("delta", piece);
            writeNoLogprobs(json);
        });
    }

    @Override
    public void end(ResponseEvents events, WholeBlock block) {
        event(events, isRefusal ? "response.refusal.done" : "response.output_text.done", json -> {
            json.writeNumberField("content_index", 0);
            json.writeStringField(isRefusal ? "refusal" : "text", block.text());
            writeNoLogprobs(json);
        });
        partEvent(events, "response.content_part.done", block.text());
    }

    private void partEvent(ResponseEvents events, String type, String text) {
        event(events, type, json -> {
            json.writeNumberField("content_index", 0);
            json.writeFieldName("part");
            writePart(json, text);
        });
    }

    private void write(JsonGenerator json, String status, JsonText.Content parts) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "message");
        json.writeStringField("id", id);
        json.writeStringField("status", status);
        json.writeStringField("role", "assistant");
        json.writeArrayFieldStart("content");
        parts.writeTo(json);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writePart(JsonGenerator json, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", isRefusal ? "refusal" : "output_text");
        json.writeStringField(isRefusal ? "refusal" : "text", text);
        if (!isRefusal) {
            json.writeArrayFieldStart("annotations");
            json.writeEndArray();
        }
        writeNoLogprobs(json);
        json.writeEndObject();
    }

    private void writeNoLogprobs(JsonGenerator json) throws IOException {
        if (!isRefusal) {
            json.writeArrayFieldStart("logprobs");
            json.writeEndArray();
        }
    }
}
