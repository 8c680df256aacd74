package dev.tollgate.upstream.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.conversation.Media;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What kind of file something is, by the type its caller gave it. */
public final class Medium {
    private static final Set<String> TEXTS = Set.of("application/json", "application/xml", "application/yaml");

    private Medium() {}

    /** The type without parameters, in the spelling that every platform knows. */
    public static String type(Media.Inline inline) {
        String type = inline.mimeType().replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        return type.equals("image/jpg") ? "image/jpeg" : type;
    }

    public static boolean isImage(Media media) {
        return switch (media) {
            case Media.Inline inline -> type(inline).startsWith("image/");
            case Media.Url(String url, String type) -> type != null && type.startsWith("image/");
            case Media.PlainText text -> false;
        };
    }

    public static boolean isPdf(Media.Inline inline) {
        return type(inline).equals("application/pdf");
    }

    /** The text of a text file in the request; null if it is none. */
    public static @Nullable String text(Media media) {
        return switch (media) {
            case Media.PlainText(String text) -> text;
            case Media.Inline inline
            when type(inline).startsWith("text/") || TEXTS.contains(type(inline)) -> decoded(inline);
            case Media.Inline inline -> null;
            case Media.Url url -> null;
        };
    }

    private static @Nullable String decoded(Media.Inline inline) {
        try {
            return new String(Base64.getMimeDecoder().decode(inline.base64()), UTF_8);
        } catch (IllegalArgumentException noBase64) {
            return null; // sent on as it is, for the platform to refuse
        }
    }
}
