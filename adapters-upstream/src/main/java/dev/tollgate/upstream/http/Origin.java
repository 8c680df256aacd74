package dev.tollgate.upstream.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where requests go: scheme, host and port. */
public record Origin(boolean tls, String host, int port) {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    /**
     * The origin of an http or https address.
     *
     * @throws IllegalArgumentException if it is none, or carries user info
     */
    public static Origin of(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            @Nullable String host = uri.getHost();
            boolean tls = scheme.equals("https");
            if (host == null || uri.getRawUserInfo() != null || !(tls || scheme.equals("http"))) {
                throw new IllegalArgumentException("not an address a call can be sent to");
            }
            int port = uri.getPort() != -1 ? uri.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
            return new Origin(tls, bare(host).toLowerCase(Locale.ROOT), port);
        } catch (URISyntaxException unreadable) {
            throw new IllegalArgumentException("not an address a call can be sent to", unreadable);
        }
    }

    private static String bare(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return bracketed ? host.substring(1, host.length() - 1) : host;
    }

    /** As the {@code host} header says it: without the scheme's own port. */
    public String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (tls ? HTTPS_PORT : HTTP_PORT) ? name : name + ":" + port;
    }
}
