package dev.tollgate.upstream.http;

import dev.tollgate.domain.account.Fault;
import io.netty.handler.codec.http.HttpHeaders;

/** What came of {@link UpstreamHttp#fetch}. */
public sealed interface Fetched {
    /** A whole answer of any status, redirects included. The body of an error larger than 1 MiB is empty. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Answered(int status, HttpHeaders headers, byte[] body) implements Fetched {
        public boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    /**
     * No answer, or none that may be used: too large, too late, compressed, broken off.
     *
     * @param kind {@code CONNECT} if nothing was sent
     * @param words for operators, bounded
     */
    record Failed(Fault.Kind kind, String words) implements Fetched {}
}
