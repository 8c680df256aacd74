package dev.tollgate.upstream.bedrock.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.Medium;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a request, each with a name of its own.
 *
 * <p>Source: DocumentBlock of the Bedrock Runtime API.
 */
final class ConverseDocuments {
    private static final int NAME_MAX = 190; // of 200, so that a number fits behind it

    private final Losses losses;
    private final Set<String> names = new HashSet<>();

    ConverseDocuments(Losses losses) {
        this.losses = losses;
    }

    @Nullable
    ObjectNode block(Media media, @Nullable String name) {
        return switch (media) {
            case Media.Inline inline -> {
                String format = Formats.document(Medium.type(inline));
                yield format != null ? block(format, name, inline.base64()) : text(media, name, inline.mimeType());
            }
            case Media.PlainText(String text) -> block("txt", name, base64(text));
            case Media.Url url -> {
                losses.refuse(CallerField.DOCUMENT, "This platform takes no files by their address: send their bytes");
                yield null;
            }
        };
    }

    /** JSON and the like are texts too. */
    private @Nullable ObjectNode text(Media media, @Nullable String name, String mimeType) {
        String text = Medium.text(media);
        if (text == null) {
            losses.refuse(CallerField.DOCUMENT, "This platform takes no files of type " + mimeType);
            return null;
        }
        return block("txt", name, base64(text));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private ObjectNode block(String format, @Nullable String name, String base64) {
        ObjectNode document = Json.object().put("format", format).put("name", fitted(name));
        document.putObject("source").put("bytes", base64);
        return Json.object().set("document", document);
    }

    /** Letters, digits, single spaces, hyphens and brackets; without its ending, which is no part of it. */
    private String fitted(@Nullable String name) {
        String bare = name == null ? "" : name.replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
        String plain = bare.replaceAll("[^a-zA-Z0-9()\\[\\]-]+", " ").strip();
        String first = plain.isEmpty() ? "document" : plain.substring(0, Math.min(plain.length(), NAME_MAX));
        String fitted = first;
        for (int number = 2; !names.add(fitted.toLowerCase(Locale.ROOT)); number++) {
            fitted = first + " (" + number + ")";
        }
        return fitted;
    }
}
