package dev.tollgate.web.relay.conversation;

import dev.tollgate.application.relay.conversation.Media;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the URLs of images and files in a body: {@code data:} ones hold the bytes, http ones say where they are. */
public final class DataUrl {
    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64";

    private DataUrl() {}

    /** What a URL leads to; null if it is neither an http URL nor base64 data with its type. */
    public static @Nullable Media media(String url) {
        String start = url.substring(0, Math.min(url.length(), 8)).toLowerCase(Locale.ROOT);
        if (start.startsWith("http://") || start.startsWith("https://")) {
            return new Media.Url(url, null);
        }
        return start.startsWith(SCHEME) ? inline(url) : null;
    }

    /** What a {@code data:} URL holds; null if that is not base64 with a type. */
    public static Media.@Nullable Inline inline(String url) {
        int comma = url.indexOf(',');
        if (!url.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || comma < 0) {
            return null;
        }
        String head = url.substring(SCHEME.length(), comma);
        int parameters = head.indexOf(';');
        if (parameters <= 0 || !head.toLowerCase(Locale.ROOT).endsWith(BASE64)) {
            return null;
        }
        return new Media.Inline(head.substring(0, parameters).toLowerCase(Locale.ROOT), url.substring(comma + 1));
    }
}
