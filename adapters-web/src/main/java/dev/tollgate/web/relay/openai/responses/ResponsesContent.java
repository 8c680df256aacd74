package dev.tollgate.web.relay.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.web.relay.conversation.Members;
import dev.tollgate.web.relay.openai.conversation.OpenAiMedia;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the content of a message or of a tool's result, a text or parts; empty texts are left out. */
final class ResponsesContent {
    private ResponsesContent() {}

    static List<Part> parts(Members holder, String name) {
        JsonNode content = holder.value(name);
        if (content != null && content.isTextual()) {
            return text(content.textValue());
        }
        List<Part> parts = new ArrayList<>();
        for (Members part : holder.objects(name)) {
            parts.addAll(part(part));
        }
        return parts;
    }

    static List<Part> text(String text) {
        return text.isEmpty() ? List.of() : List.of(new Part.Text(text));
    }

    /** The texts of the parts of a summary as one. */
    static String joined(List<Members> parts) {
        return parts.stream().map(part -> part.needText("text")).collect(Collectors.joining("\n\n"));
    }

    private static List<Part> part(Members part) {
        return switch (part.needText("type")) {
            case "input_text", "output_text", "text", "summary_text" -> text(part.needText("text"));
            case "refusal" -> List.of(new Part.Refusal(part.needText("refusal")));
            case "input_image" -> one(OpenAiMedia.image(part, "image_url"));
            case "input_file" -> one(OpenAiMedia.file(part));
            case "input_audio" -> {
                Members audio = part.object("input_audio");
                yield List.of(OpenAiMedia.audio(audio == null ? part : audio));
            }
            default -> {
                part.refuse("type", "must be input_text, output_text, input_image, input_file or refusal");
                yield List.of();
            }
        };
    }

    private static List<Part> one(@Nullable Part part) {
        return part == null ? List.of() : List.of(part);
    }
}
