package dev.tollgate.application.account;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an account's calls go, without its credentials; its text shows neither the proxy's password nor headers.
 *
 * @param baseUrl replaces the provider's scheme, host and path prefix; null for the provider's own
 * @param extraHeaders sent with every call
 */
public record Access(@Nullable String baseUrl, @Nullable String proxyUrl, Map<String, String> extraHeaders) {
    public static final Access ORDINARY = new Access(null, null, Map.of());

    /** In a header's name: its value is a secret. */
    private static final Pattern SECRET =
            Pattern.compile("auth|cookie|credential|key|passw|secret|signature|token", Pattern.CASE_INSENSITIVE);

    public Access {
        extraHeaders = Map.copyOf(extraHeaders);
    }

    /** What reads may show: a proxy's password not at all, values that are secrets by their ends, as credentials are. */
    public Access masked() {
        Map<String, String> shown = new HashMap<>();
        extraHeaders.forEach(
                (name, value) -> shown.put(name, SECRET.matcher(name).find() ? Credentials.mask(value) : value));
        return new Access(baseUrl, proxyUrl == null ? null : ProxyUrl.masked(proxyUrl), shown);
    }

    /** The same with what stands in another in the place of each mask; a mask for which there is nothing stays. */
    Access unmasked(Access current) {
        Map<String, String> meant = new HashMap<>();
        extraHeaders.forEach((name, value) ->
                meant.put(name, Credentials.isMask(value) ? current.extraHeaders.getOrDefault(name, value) : value));
        return new Access(baseUrl, ProxyUrl.unmasked(proxyUrl, current.proxyUrl), meant);
    }

    @Override
    public String toString() {
        return "Access[baseUrl=" + baseUrl + "]";
    }
}
