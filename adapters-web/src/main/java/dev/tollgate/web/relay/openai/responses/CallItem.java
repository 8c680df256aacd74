package dev.tollgate.web.relay.openai.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.web.relay.conversation.WholeAnswer.WholeBlock;
import dev.tollgate.web.relay.openai.conversation.FreeText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A tool call.
 *
 * @param callId pairs it with its result
 * @param freeText takes the text out of the arguments if the tool takes one text, else null
 */
record CallItem(
        String id,
        int index,
        String callId,
        ResponsesTools.Name name,
        @Nullable FreeText freeText) implements OutputItem {
    @Override
    public void writeOpen(JsonGenerator json) throws IOException {
        write(json, "in_progress", "");
    }

    @Override
    public void writeDone(JsonGenerator json, WholeBlock block) throws IOException {
        write(json, "completed", input(block));
    }

    @Override
    public void begin(ResponseEvents events) {}

    @Override
    public void grow(ResponseEvents events, String piece) {
        delta(events, freeText == null ? piece : freeText.more(piece));
    }

    @Override
    public void end(ResponseEvents events, WholeBlock block) {
        String input = input(block);
        if (freeText != null) {
            delta(events, freeText.rest());
        } else if (block.text().isEmpty()) {
            delta(events, input);
        }
        event(events, eventType("done"), json -> {
            json.writeStringField("name", name.name());
            json.writeStringField(member(), input);
        });
    }

    private void delta(ResponseEvents events, String piece) {
        if (!piece.isEmpty()) {
            event(events, eventType("delta"), json -> json.writeStringField("delta", piece));
        }
    }

    private String eventType(String step) {
        return (freeText != null ? "response.custom_tool_call_input." : "response.function_call_arguments.") + step;
    }

    private String member() {
        return freeText != null ? "input" : "arguments";
    }

    private String input(WholeBlock block) {
        if (freeText != null) {
            return FreeText.of(block.text());
        }
        return block.text().isEmpty() ? "{}" : block.text();
    }

    private void write(JsonGenerator json, String status, String input) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", freeText != null ? "custom_tool_call" : "function_call");
        json.writeStringField("id", id);
        json.writeStringField("status", status);
        json.writeStringField("call_id", callId);
        json.writeStringField("name", name.name());
        if (name.namespace() != null) {
            json.writeStringField("namespace", name.namespace());
        }
        json.writeStringField(member(), input);
        json.writeEndObject();
    }
}
