package dev.tollgate.upstream.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.upstream.http.AnswerCodec.StreamError;
import dev.tollgate.upstream.http.Faults;
import dev.tollgate.upstream.http.Waits;
import dev.tollgate.upstream.http.Words;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Google's errors say about the account and about asking again. */
final class GeminiFaults {
    private GeminiFaults() {}

    static Fault of(int status, HttpHeaders headers, byte[] body, Instant now) {
        AnswerScan scan = new AnswerScan();
        boolean unused = scan.read(body, 0, body.length);
        Map<String, Object> error = scan.error();
        GoogleError told = new GoogleError(error == null ? Map.of() : error);
        return fault(status, told, Waits.retryAfter(headers.get("retry-after"), now), now);
    }

    /** An error told with status 200, in a stream or instead of an answer. */
    static StreamError inStream(byte[] json, Map<String, Object> error, Instant now) {
        GoogleError told = new GoogleError(error);
        int status = told.httpStatus();
        return new StreamError(fault(status, told, null, now), status, json);
    }

    /** The form errors have where answers are elements of an array. */
    static byte[] inArray(byte[] json) {
        return ("[" + new String(json, UTF_8) + "]").getBytes(UTF_8);
    }

    private static Fault fault(int status, GoogleError told, @Nullable Instant header, Instant now) {
        Kind kind = kind(status, told);
        Instant retryAt = Faults.passes(kind) ? told.retryAt(header, now) : null;
        Fault.Scope scope = kind == Kind.RATE_LIMITED && told.isModelQuota() ? Fault.Scope.MODEL : Fault.Scope.ACCOUNT;
        String words = Words.bounded(status + " " + told.status() + ": " + told.message());
        return new Fault(kind, status, retryAt, words, scope);
    }

    private static Kind kind(int status, GoogleError told) {
        if (told.isAboutMoney() && status / 100 == 4) {
            return Kind.BALANCE;
        }
        if (status == 400 && told.isAboutTheAccount()) {
            return Kind.CREDENTIALS;
        }
        return status == 403 && told.isAboutTheCallersThing() ? Kind.REQUEST : Faults.kind(status);
    }
}
