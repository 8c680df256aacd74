package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request, ready to be written.
 *
 * @param pathAndQuery as on the request line
 * @param headers everything but {@code host}, {@code content-length} and the client's own
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record HttpCall(
        Origin origin, @Nullable String proxyUrl, String pathAndQuery, List<Header> headers, byte[] body) {
    public HttpCall {
        headers = List.copyOf(headers);
    }
}
