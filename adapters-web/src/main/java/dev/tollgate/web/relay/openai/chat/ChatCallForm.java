package dev.tollgate.web.relay.openai.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.web.relay.openai.conversation.FreeText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How a tool call stands in a chat completion, which depends on how the caller offered the tool. */
enum ChatCallForm {
    FUNCTION("function", "arguments"),
    /** A tool that takes one text. */
    CUSTOM("custom", "input"),
    /** The one call of the older way, which has no id. */
    OLDER("function_call", "arguments");

    private static final String CALLS = "tool_calls";

    private final String type;
    private final String argument;

    ChatCallForm(String type, String argument) {
        this.type = type;
        this.argument = argument;
    }

    /** What the caller is given of complete arguments. */
    String input(String arguments) {
        if (this == CUSTOM) {
            return FreeText.of(arguments);
        }
        return arguments.isEmpty() ? "{}" : arguments;
    }

    /** Writes the members of a delta that begin a call. */
    void writeStart(JsonGenerator json, int index, Block.ToolCall call) throws IOException {
        if (this == OLDER) {
            writeCalled(json, call.name(), "");
            return;
        }
        json.writeArrayFieldStart(CALLS);
        json.writeStartObject();
        json.writeNumberField("index", index);
        writeMembers(json, call, "", call.signature());
        json.writeEndObject();
        json.writeEndArray();
    }

    /** Writes the members of a delta that go on with a call. */
    void writePiece(JsonGenerator json, int index, String piece) throws IOException {
        if (this == OLDER) {
            writeCalled(json, null, piece);
            return;
        }
        json.writeArrayFieldStart(CALLS);
        json.writeStartObject();
        json.writeNumberField("index", index);
        writeCalled(json, null, piece);
        json.writeEndObject();
        json.writeEndArray();
    }

    /** Writes the members of a delta that sign a call which is open already. */
    static void writeSignature(JsonGenerator json, int index, Signature signature) throws IOException {
        json.writeArrayFieldStart(CALLS);
        json.writeStartObject();
        json.writeNumberField("index", index);
        writeSignature(json, signature);
        json.writeEndObject();
        json.writeEndArray();
    }

    /** Writes a whole call: an element of {@code tool_calls}, or the member {@code function_call}. */
    void writeWhole(JsonGenerator json, Block.ToolCall call, String arguments, @Nullable Signature signature)
            throws IOException {
        if (this == OLDER) {
            writeCalled(json, call.name(), input(arguments));
            return;
        }
        json.writeStartObject();
        writeMembers(json, call, input(arguments), signature);
        json.writeEndObject();
    }

    private void writeMembers(JsonGenerator json, Block.ToolCall call, String input, @Nullable Signature signature)
            throws IOException {
        json.writeStringField("id", call.id());
        json.writeStringField("type", type);
        writeCalled(json, call.name(), input);
        if (signature != null) {
            writeSignature(json, signature);
        }
    }

    private void writeCalled(JsonGenerator json, @Nullable String name, String input) throws IOException {
        json.writeObjectFieldStart(type);
        if (name != null) {
            json.writeStringField("name", name);
        }
        json.writeStringField(argument, input);
        json.writeEndObject();
    }

    /** Where Gemini's own endpoint of this dialect has it. */
    private static void writeSignature(JsonGenerator json, Signature signature) throws IOException {
        json.writeObjectFieldStart("extra_content");
        json.writeObjectFieldStart("google");
        json.writeStringField("thought_signature", signature.token(Signature.GEMINI));
        json.writeEndObject();
        json.writeEndObject();
    }
}
