package dev.tollgate.upstream.openai.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.Medium;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The content of a user's message. */
final class ChatContent {
    private final Losses losses;

    ChatContent(Losses losses) {
        this.losses = losses;
    }

    /** A single text is a plain string, which every server understands. */
    static JsonNode simple(ArrayNode content) {
        JsonNode first = content.path(0);
        boolean plain = content.size() == 1 && first.path("type").asText().equals("text");
        return plain ? TextNode.valueOf(first.path("text").asText()) : content;
    }

    ArrayNode of(List<Part> parts) {
        ArrayNode content = Json.array();
        parts.stream().map(this::part).filter(Objects::nonNull).forEach(content::add);
        return content;
    }

    private @Nullable ObjectNode part(Part part) {
        return switch (part) {
            case Part.Text(String text) -> text(text);
            case Part.Refusal(String text) -> text(text);
            case Part.Image(Media media, String detail) -> image(media, detail);
            case Part.Document(Media media, String name) -> document(media, name);
            case Part.Audio(Media.Inline media) -> audio(media);
            case Part.Thinking thinking -> null;
            case Part.Redacted redacted -> null;
            case Part.ToolCall misplaced -> null;
            case Part.ToolResult misplaced -> null;
        };
    }

    private static @Nullable ObjectNode text(String text) {
        return text.isEmpty() ? null : typed("text").put("text", text);
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }

    private static @Nullable ObjectNode image(Media media, @Nullable String detail) {
        String url = switch (media) {
            case Media.Inline inline -> dataUrl(inline);
            case Media.Url(String address, String type) -> address;
            case Media.PlainText(String text) -> null;
        };
        if (url == null) {
            return null;
        }
        ObjectNode image = typed("image_url");
        ObjectNode told = image.putObject("image_url").put("url", url);
        if (detail != null) {
            told.put("detail", detail);
        }
        return image;
    }

    private @Nullable ObjectNode document(Media media, @Nullable String name) {
        if (Medium.isImage(media)) {
            return image(media, null);
        }
        String text = Medium.text(media);
        if (text != null) {
            return text(text);
        }
        if (!(media instanceof Media.Inline inline)) {
            losses.refuse(CallerField.DOCUMENT, "This platform reads no file by its address; send its bytes");
            return null;
        }
        ObjectNode file = typed("file");
        file.putObject("file")
                .put("filename", name == null || name.isBlank() ? "document.pdf" : name)
                .put("file_data", dataUrl(inline));
        return file;
    }

    private @Nullable ObjectNode audio(Media.Inline media) {
        String format = switch (Medium.type(media)) {
            case "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave" -> "wav";
            case "audio/mpeg", "audio/mp3" -> "mp3";
            default -> null;
        };
        if (format == null) {
            losses.refuse(CallerField.AUDIO, "This platform takes sound as WAV or MP3");
            return null;
        }
        ObjectNode audio = typed("input_audio");
        audio.putObject("input_audio").put("data", media.base64()).put("format", format);
        return audio;
    }

    private static String dataUrl(Media.Inline inline) {
        return "data:" + Medium.type(inline) + ";base64," + inline.base64();
    }

    /** The texts of a tool's result as one. */
    String texts(List<Part> result) {
        return of(result.stream().filter(part -> isText(part)).toList())
                .valueStream()
                .map(part -> part.path("text").asText())
                .collect(Collectors.joining("\n"));
    }

    /** What else is in a tool's result. */
    List<Part> others(List<Part> result) {
        return result.stream().filter(part -> !isText(part)).toList();
    }

    private static boolean isText(Part part) {
        return switch (part) {
            case Part.Document(Media media, String name) -> !Medium.isImage(media) && Medium.text(media) != null;
            case Part.Image image -> false;
            case Part.Audio audio -> false;
            default -> true;
        };
    }
}
