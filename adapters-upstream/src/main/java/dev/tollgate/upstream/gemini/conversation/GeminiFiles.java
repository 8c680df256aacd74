package dev.tollgate.upstream.gemini.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.Medium;
import org.jspecify.annotations.Nullable;

/** Images, sounds and documents as parts; those that cannot be sent are refused and null. */
final class GeminiFiles {
    private final Losses losses;

    GeminiFiles(Losses losses) {
        this.losses = losses;
    }

    @Nullable
    ObjectNode document(Media media) {
        String text = Medium.text(media);
        boolean taken = Medium.isImage(media) || (media instanceof Media.Inline inline && Medium.isPdf(inline));
        if (text != null) {
            return Json.object().put("text", text);
        }
        if (!taken) {
            losses.refuse(CallerField.DOCUMENT, "Gemini models read PDF and text files, sent with the call");
            return null;
        }
        return inline(media, CallerField.DOCUMENT);
    }

    @Nullable
    ObjectNode inline(Media media, CallerField field) {
        if (!(media instanceof Media.Inline inline)) {
            losses.refuse(field, "This model takes files only as bytes");
            return null;
        }
        ObjectNode part = Json.object();
        part.putObject("inlineData").put("mimeType", Medium.type(inline)).put("data", inline.base64());
        return part;
    }
}
