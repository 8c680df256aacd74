package dev.tollgate.application.account;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an account's calls go, without its credentials.
 *
 * @param baseUrl replaces the provider's scheme, host and path prefix; null for the provider's own
 * @param extraHeaders sent with every call
 */
public record Access(@Nullable String baseUrl, @Nullable String proxyUrl, Map<String, String> extraHeaders) {
    public static final Access ORDINARY = new Access(null, null, Map.of());

    public Access {
        extraHeaders = Map.copyOf(extraHeaders);
    }
}
