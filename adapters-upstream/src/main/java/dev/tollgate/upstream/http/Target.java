package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.RelayCall;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a call goes: an account's base address with the dialect's own path behind it. */
public record Target(Origin origin, String pathAndQuery) {
    /**
     * Joins a base address and a call's path and query.
     *
     * @param version the path prefix a base without any path is given
     * @throws IllegalArgumentException if the base is no address a call can be sent to
     */
    public static Target of(String base, String version, RelayCall call) {
        return of(base, version, call.path(), call.query());
    }

    /** The same for a path and a query of the platform's own; null or empty for no query. */
    public static Target of(String base, String version, String ownPath, @Nullable String ownQuery) {
        Origin origin = Origin.of(base);
        String path = URI.create(base).getRawPath();
        String trimmed = path == null ? "" : path.replaceFirst("/+$", "");
        String prefix = trimmed.isEmpty() ? version : trimmed;
        String query = ownQuery == null || ownQuery.isEmpty() ? "" : "?" + ownQuery;
        return new Target(origin, prefix + ownPath + query);
    }
}
