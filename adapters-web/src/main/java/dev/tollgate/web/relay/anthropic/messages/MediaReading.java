package dev.tollgate.web.relay.anthropic.messages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.web.relay.conversation.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads images and documents. A file id belongs to one account of one provider, so it is refused. */
final class MediaReading {
    private static final String PDF = "application/pdf";

    private MediaReading() {}

    /** The image, or nothing if it is wrong. */
    static List<Part> image(Members block) {
        Members source = source(block);
        Media media = source == null ? null : media(source, null);
        return media == null ? List.of() : List.of(new Part.Image(media, null));
    }

    /** The document, its context before it; one that is made of blocks with pictures becomes these. */
    static List<Part> document(Members block) {
        List<Part> parts = new ArrayList<>();
        String title = block.text("title");
        String context = block.text("context");
        if (context != null && !context.isEmpty()) {
            parts.add(new Part.Text(context));
        }
        Members source = source(block);
        if (source == null) {
            return parts;
        }
        if ("content".equals(source.text("type"))) {
            parts.addAll(blocks(source, title));
        } else {
            Media media = media(source, PDF);
            if (media != null) {
                parts.add(new Part.Document(media, title));
            }
        }
        return parts;
    }

    /** What a search found, as a text with its title and source. */
    static Part searchResult(Members block) {
        String title = block.text("title");
        String source = block.text("source");
        String text = block.objects("content").stream()
                .map(content -> content.needText("text"))
                .collect(Collectors.joining("\n"));
        String head = source == null ? "" : source + "\n\n";
        return new Part.Document(new Media.PlainText(head + text), title);
    }

    private static @Nullable Members source(Members block) {
        Members source = block.object("source");
        if (source == null) {
            block.refuse("source", "is missing");
        }
        return source;
    }

    private static @Nullable Media media(Members source, @Nullable String urlType) {
        String type = source.needText("type");
        return switch (type) {
            case "base64" -> new Media.Inline(source.needText("media_type"), source.needText("data"));
            case "url" -> new Media.Url(source.needText("url"), urlType);
            case "text" -> new Media.PlainText(source.needText("data"));
            case "file" -> {
                source.refuse("file_id", "a file of one provider is unknown to the one that serves this model");
                yield null;
            }
            default -> {
                source.refuse("type", "'" + type + "' is not known");
                yield null;
            }
        };
    }

    private static List<Part> blocks(Members source, @Nullable String title) {
        JsonNode content = source.value("content");
        if (content != null && content.isTextual()) {
            return List.of(new Part.Document(new Media.PlainText(content.textValue()), title));
        }
        List<Part> parts = new ArrayList<>();
        for (Members block : source.objects("content")) {
            if (block.needText("type").equals("image")) {
                parts.addAll(image(block));
            } else {
                parts.add(new Part.Document(new Media.PlainText(block.needText("text")), title));
            }
        }
        return parts;
    }
}
