package dev.tollgate.web.relay.openai.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.web.relay.conversation.Members;
import dev.tollgate.web.relay.openai.conversation.OpenAiMedia;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a message's content, a text or parts; empty texts are left out. */
final class ChatContent {
    private static final String CONTENT = "content";

    private ChatContent() {}

    static List<Part> parts(Members message) {
        JsonNode content = message.value(CONTENT);
        List<Part> parts = new ArrayList<>();
        if (content != null && content.isTextual()) {
            add(parts, text(content.textValue()));
            return parts;
        }
        for (Members part : message.objects(CONTENT)) {
            add(parts, part(part));
            if (part.has("cache_control")) {
                part.findings().drop("cache_control");
            }
        }
        return parts;
    }

    private static @Nullable Part part(Members part) {
        String type = part.needText("type");
        return switch (type) {
            case "text" -> text(part.needText("text"));
            case "refusal" -> new Part.Refusal(part.needText("refusal"));
            case "image_url" -> image(part);
            case "input_audio" -> nested(part, type, OpenAiMedia::audio);
            case "file" -> nested(part, type, OpenAiMedia::file);
            default -> {
                part.refuse("type", "must be text, image_url, input_audio, file or refusal");
                yield null;
            }
        };
    }

    /** Some clients write the URL without the object around it. */
    private static @Nullable Part image(Members part) {
        JsonNode value = part.value("image_url");
        if (value != null && value.isTextual()) {
            return OpenAiMedia.image(part, "image_url");
        }
        return nested(part, "image_url", image -> OpenAiMedia.image(image, "url"));
    }

    private static @Nullable Part nested(Members part, String type, Function<Members, @Nullable Part> reader) {
        Members inner = part.object(type);
        if (inner == null) {
            part.refuse(type, "is missing");
            return null;
        }
        return reader.apply(inner);
    }

    private static @Nullable Part text(String text) {
        return text.isEmpty() ? null : new Part.Text(text);
    }

    private static void add(List<Part> parts, @Nullable Part part) {
        if (part != null) {
            parts.add(part);
        }
    }
}
