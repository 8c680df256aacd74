package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request, ready to be written.
 *
 * @param proxyUrl the account's proxy, null for none
 * @param pathAndQuery as on the request line
 * @param headers everything but {@code host}, {@code content-length} and the client's own; {@code content-type} is among
 *     them where there is a body
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record HttpCall(
        Method method,
        Origin origin,
        @Nullable String proxyUrl,
        String pathAndQuery,
        List<Header> headers,
        byte[] body) {
    /** What is asked for; a {@code GET} is sent without a body. */
    public enum Method {
        GET,
        POST
    }

    /** @throws IllegalArgumentException if the path cannot stand on a request line */
    public HttpCall {
        headers = List.copyOf(headers);
        if (!pathAndQuery.startsWith("/") || pathAndQuery.chars().anyMatch(unit -> unit <= ' ' || unit >= 127)) {
            throw new IllegalArgumentException("the path cannot be asked for");
        }
    }

    /** A {@code POST}, as nearly every call is. */
    public HttpCall(Origin origin, @Nullable String proxyUrl, String pathAndQuery, List<Header> headers, byte[] body) {
        this(Method.POST, origin, proxyUrl, pathAndQuery, headers, body);
    }

    /** A {@code GET}. */
    public static HttpCall get(Origin origin, @Nullable String proxyUrl, String pathAndQuery, List<Header> headers) {
        return new HttpCall(Method.GET, origin, proxyUrl, pathAndQuery, headers, new byte[0]);
    }
}
