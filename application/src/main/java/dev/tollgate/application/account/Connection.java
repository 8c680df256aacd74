package dev.tollgate.application.account;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to reach an account, its credentials opened. Lives only in memory; its text shows nothing of them.
 *
 * @param baseUrl replaces the provider's scheme, host and path prefix; null for the provider's own
 * @param credentials by the names of the account type's fields, {@code api_key}, …
 */
public record Connection(
        @Nullable String baseUrl,
        Map<String, String> credentials,
        @Nullable String proxyUrl,
        Map<String, String> extraHeaders) {
    public Connection {
        credentials = Map.copyOf(credentials);
        extraHeaders = Map.copyOf(extraHeaders);
    }

    @Override
    public String toString() {
        return "Connection[baseUrl=" + baseUrl + ", credentials=" + credentials.keySet() + "]";
    }
}
