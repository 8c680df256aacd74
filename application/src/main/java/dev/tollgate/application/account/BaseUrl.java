package dev.tollgate.application.account;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may enter as an account's address. Names are only looked up when a connection is made; what can be
 * told from the text alone is refused here.
 */
final class BaseUrl {
    private static final int LENGTH_MAX = 500;
    private static final int PORT_MAX = 65_535;
    private static final Pattern NUMERIC_LABEL = Pattern.compile("\\d+|0[xX][0-9a-fA-F]*");
    private static final Pattern DOTTED_QUAD =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.|$)){4}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?");
    private static final Set<String> INNER_NAMES = Set.of("localhost", "metadata", "metadata.google.internal");
    private static final Set<String> INNER_ENDINGS = Set.of(".localhost", ".internal", ".local", ".lan", ".home.arpa");

    private BaseUrl() {}

    /** What is wrong with a base URL, null if nothing. */
    static @Nullable String wrong(String text, AddressRules rules) {
        URI url = parsed(text);
        return url != null && url.getRawQuery() != null ? "must have no query" : wrongUrl(text, rules);
    }

    /** The same where a query may be part of the address. */
    static @Nullable String wrongUrl(String text, AddressRules rules) {
        URI url = parsed(text);
        if (url == null || url.getHost() == null || url.getScheme() == null) {
            return "must be a URL with a host";
        }
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        boolean plain = scheme.equals("http");
        if (!scheme.equals("https") && !plain) {
            return "must be an https URL";
        }
        if (plain && !rules.allowsPlainText()) {
            return "must be https; TOLLGATE_ALLOW_PRIVATE_UPSTREAMS allows http";
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return "must have no user info or fragment";
        }
        if (url.getPort() == 0 || url.getPort() > PORT_MAX) {
            return "must have a port from 1 to " + PORT_MAX;
        }
        return wrongHost(url.getHost(), rules);
    }

    private static @Nullable URI parsed(String text) {
        try {
            return text.length() > LENGTH_MAX ? null : new URI(text);
        } catch (URISyntaxException unreadable) {
            return null;
        }
    }

    private static @Nullable String wrongHost(String host, AddressRules rules) {
        if (host.startsWith("[")) {
            return host.contains("%") ? "must have no zone in its address" : wrongAddress(host, rules);
        }
        if (!NAME.matcher(host).matches()) {
            return "must have a plain host name, without a dot at its end";
        }
        String lower = host.toLowerCase(Locale.ROOT);
        String lastLabel = lower.substring(lower.lastIndexOf('.') + 1);
        if (NUMERIC_LABEL.matcher(lastLabel).matches()) {
            return DOTTED_QUAD.matcher(lower).matches()
                    ? wrongAddress(lower, rules)
                    : "must write a numeric address as four decimal numbers";
        }
        boolean inner = INNER_NAMES.contains(lower) || INNER_ENDINGS.stream().anyMatch(lower::endsWith);
        return inner && !rules.privateAllowed() ? notPublic() : null;
    }

    /** Reads an address written as such; no name is looked up for it. */
    private static @Nullable String wrongAddress(String literal, AddressRules rules) {
        try {
            return rules.allows(InetAddress.getByName(literal)) ? null : notPublic();
        } catch (UnknownHostException unreadable) {
            return "must have a readable address";
        }
    }

    private static String notPublic() {
        return "must not point into a private network; TOLLGATE_ALLOW_PRIVATE_UPSTREAMS allows that";
    }
}
