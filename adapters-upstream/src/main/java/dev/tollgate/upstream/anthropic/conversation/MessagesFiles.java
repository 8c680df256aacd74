package dev.tollgate.upstream.anthropic.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.Medium;
import org.jspecify.annotations.Nullable;

/** Images and documents as blocks with a source; those that cannot be sent are refused and null. */
final class MessagesFiles {
    private final Losses losses;

    MessagesFiles(Losses losses) {
        this.losses = losses;
    }

    ObjectNode image(Media media) {
        return switch (media) {
            case Media.Inline inline -> typed("image").set("source", base64(inline));
            case Media.Url(String url, String type) -> typed("image").set("source", url(url));
            case Media.PlainText(String text) -> typed("text").put("text", text);
        };
    }

    @Nullable
    ObjectNode document(Media media, @Nullable String name) {
        if (Medium.isImage(media)) {
            return image(media);
        }
        String text = Medium.text(media);
        ObjectNode source;
        if (text != null) {
            source = typed("text").put("media_type", "text/plain").put("data", text);
        } else if (media instanceof Media.Url(String url, String type)) {
            source = url(url);
        } else if (media instanceof Media.Inline inline && Medium.isPdf(inline)) {
            source = base64(inline);
        } else {
            losses.refuse(CallerField.DOCUMENT, "Claude models read PDF and text files, no others");
            return null;
        }
        ObjectNode document = typed("document");
        if (name != null && !name.isBlank()) {
            document.put("title", name);
        }
        return document.set("source", source);
    }

    private static ObjectNode base64(Media.Inline inline) {
        return typed("base64").put("media_type", Medium.type(inline)).put("data", inline.base64());
    }

    private static ObjectNode url(String url) {
        return typed("url").put("url", url);
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }
}
