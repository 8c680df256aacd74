package dev.tollgate.web.relay.gemini.content;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.web.relay.conversation.ToolArguments;
import dev.tollgate.web.relay.conversation.WholeAnswer.WholeBlock;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The parts that blocks of an answer become. */
final class PartForm {
    private PartForm() {}

    static void writeText(JsonGenerator json, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    static void writeThought(JsonGenerator json, String text, @Nullable ThoughtSignature signature) throws IOException {
        json.writeStartObject();
        json.writeStringField("text", text);
        json.writeBooleanField("thought", true);
        if (signature != null) {
            json.writeStringField("thoughtSignature", signature.told());
        }
        json.writeEndObject();
    }

    static void writeCall(JsonGenerator json, Block.ToolCall call, WholeBlock whole) throws IOException {
        Signature signature = whole.signature();
        json.writeStartObject();
        json.writeObjectFieldStart("functionCall");
        json.writeStringField("id", call.id());
        json.writeStringField("name", call.name());
        json.writeFieldName("args");
        json.writeRawValue(ToolArguments.object(whole.text()).toString());
        json.writeEndObject();
        if (signature != null) {
            json.writeStringField("thoughtSignature", new ThoughtSignature(signature, false).told());
        }
        json.writeEndObject();
    }

    /**
     * What is left to tell of a block when it is closed.
     *
     * @param untold its text as far as it was not told in pieces; of hidden thoughts, none
     */
    static void writeClosed(JsonGenerator json, WholeBlock block, String untold) throws IOException {
        Signature signature = block.signature();
        switch (block.block()) {
            case Block.Text text -> writeUntold(json, untold);
            case Block.Refusal refusal -> writeUntold(json, untold);
            case Block.Redacted(Signature data) -> writeThought(json, "", new ThoughtSignature(data, true));
            case Block.ToolCall call -> writeCall(json, call, block);
            case Block.Thinking thinking -> {
                if (signature != null || !untold.isEmpty()) {
                    writeThought(json, untold, signature == null ? null : new ThoughtSignature(signature, false));
                }
            }
        }
    }

    private static void writeUntold(JsonGenerator json, String text) throws IOException {
        if (!text.isEmpty()) {
            writeText(json, text);
        }
    }
}
