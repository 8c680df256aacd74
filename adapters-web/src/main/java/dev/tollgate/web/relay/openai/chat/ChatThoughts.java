package dev.tollgate.web.relay.openai.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.web.relay.conversation.Members;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thinking in chat completions, which have no official place for it: {@code reasoning_content} (in DeepSeek's API, and
 * read by most clients) tells the thoughts; {@code reasoning_details} (in OpenRouter's) holds each signed block whole, so
 * that a client that sends it back gives a provider its thinking unchanged. Anthropic's signatures are at home there.
 */
final class ChatThoughts {
    static final String TEXT = "reasoning_content";
    static final String DETAILS = "reasoning_details";

    private static final String HOME = Signature.ANTHROPIC;

    private ChatThoughts() {}

    /** The signed blocks if they were sent back, else the bare text. */
    static List<Part> read(Members message) {
        List<Part> thoughts = new ArrayList<>();
        JsonNode details = message.value(DETAILS);
        if (details != null && details.isArray()) {
            message.objects(DETAILS).forEach(detail -> addDetail(thoughts, detail));
        }
        if (thoughts.isEmpty()) {
            String text = message.has(TEXT) ? message.text(TEXT) : message.text("reasoning");
            addText(thoughts, text == null ? "" : text, null);
        }
        return thoughts;
    }

    private static void addDetail(List<Part> thoughts, Members detail) {
        String token = detail.text("signature");
        Signature signature = token == null || token.isEmpty() ? null : Signature.of(token, HOME);
        switch (detail.needText("type")) {
            case "reasoning.text" -> addText(thoughts, detail.has("text") ? detail.needText("text") : "", signature);
            case "reasoning.summary" -> addText(thoughts, detail.needText("summary"), signature);
            case "reasoning.encrypted" -> thoughts.add(new Part.Redacted(Signature.of(detail.needText("data"), HOME)));
            default -> detail.drop("type");
        }
    }

    private static void addText(List<Part> thoughts, String text, @Nullable Signature signature) {
        if (!text.isEmpty() || signature != null) {
            thoughts.add(new Part.Thinking(text, signature));
        }
    }

    /** Writes the detail of a signed block. */
    static void writeSigned(JsonGenerator json, int index, String text, Signature signature) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "reasoning.text");
        json.writeNumberField("index", index);
        json.writeStringField("text", text);
        json.writeStringField("signature", signature.token(HOME));
        json.writeEndObject();
    }

    /** Writes the detail of a block only its provider can read. */
    static void writeRedacted(JsonGenerator json, int index, Signature data) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "reasoning.encrypted");
        json.writeNumberField("index", index);
        json.writeStringField("data", data.token(HOME));
        json.writeEndObject();
    }
}
