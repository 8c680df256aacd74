package dev.tollgate.web.relay.anthropic.messages;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.web.relay.conversation.ToolArguments;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The members of a block of content; in a stream it starts with its texts empty. */
final class BlockForm {
    private BlockForm() {}

    static void writeText(JsonGenerator json, String text) throws IOException {
        json.writeStringField("type", "text");
        json.writeStringField("text", text);
    }

    /** @param signature null if the platform has none, told as an empty one */
    static void writeThinking(JsonGenerator json, String text, @Nullable Signature signature) throws IOException {
        json.writeStringField("type", "thinking");
        json.writeStringField("thinking", text);
        json.writeStringField("signature", signature == null ? "" : signature.token(Signature.ANTHROPIC));
    }

    static void writeRedacted(JsonGenerator json, Signature data) throws IOException {
        json.writeStringField("type", "redacted_thinking");
        json.writeStringField("data", data.token(Signature.ANTHROPIC));
    }

    static void writeToolUse(JsonGenerator json, Block.ToolCall call, String arguments) throws IOException {
        json.writeStringField("type", "tool_use");
        json.writeStringField("id", ToolIds.told(call.id()));
        json.writeStringField("name", call.name());
        json.writeFieldName("input");
        json.writeRawValue(ToolArguments.object(arguments).toString());
    }
}
