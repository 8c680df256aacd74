package dev.tollgate.application.account;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A proxy's address, which may have a user's password inside. */
final class ProxyUrl {
    private static final Pattern WITH_PASSWORD = Pattern.compile("([^:/?#]+://[^:/?#@]*:)([^/?#]*)(@.*)");
    private static final int PASSWORD = 2;

    private ProxyUrl() {}

    /** What reads may show: {@code http://user:••••@host:port}. */
    static String masked(String url) {
        return with(Credentials.mask(""), url);
    }

    /** Whether its password is the mask that reads show. */
    static boolean isMasked(String url) {
        Matcher parts = WITH_PASSWORD.matcher(url);
        return parts.matches() && Credentials.isMask(parts.group(PASSWORD));
    }

    /** A given address, its mask replaced by the password of the one that was there, if that has one. */
    static @Nullable String unmasked(@Nullable String given, @Nullable String current) {
        if (given == null || current == null || !isMasked(given)) {
            return given;
        }
        Matcher parts = WITH_PASSWORD.matcher(current);
        return parts.matches() ? with(parts.group(PASSWORD), given) : given;
    }

    private static String with(String password, String url) {
        Matcher parts = WITH_PASSWORD.matcher(url);
        return parts.matches() ? parts.group(1) + password + parts.group(PASSWORD + 1) : url;
    }
}
