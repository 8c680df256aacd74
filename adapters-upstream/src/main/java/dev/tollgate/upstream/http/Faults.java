package dev.tollgate.upstream.http;

import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.upstream.http.AnswerCodec.StreamError;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the failures of all providers have in common. */
public final class Faults {
    private static final int BAD_GATEWAY = 502;

    private Faults() {}

    /** A limit's headers: how much of it is left, and when it begins anew. */
    public record Limit(String remaining, String reset) {}

    /** How a provider writes the instant of a reset. */
    @FunctionalInterface
    public interface ResetReader {
        @Nullable
        Instant read(@Nullable String value, Instant now);
    }

    /** What a status says where the body says nothing else. */
    public static Kind kind(int status) {
        return switch (status) {
            case 400, 404, 405, 409, 413, 415, 422 -> Kind.REQUEST;
            case 401, 403 -> Kind.CREDENTIALS;
            case 402 -> Kind.BALANCE;
            case 429 -> Kind.RATE_LIMITED;
            case 503, 529 -> Kind.OVERLOADED;
            default -> Kind.SERVER;
        };
    }

    /** Whether a failure of that kind goes away by waiting. */
    public static boolean passes(Kind kind) {
        return kind == Kind.RATE_LIMITED || kind == Kind.OVERLOADED || kind == Kind.SERVER;
    }

    /** When to ask again: by {@code retry-after-ms}, {@code retry-after} or the message's words, in this order. */
    public static @Nullable Instant retryAt(HttpHeaders headers, String message, Instant now) {
        Instant at = Waits.retryAfterMillis(headers.get("retry-after-ms"), now);
        at = at != null ? at : Waits.retryAfter(headers.get("retry-after"), now);
        return at != null ? at : Waits.inWords(message, now);
    }

    /** The latest reset of the limits that have nothing left; those with something left are not what stopped the call. */
    public static @Nullable Instant spentLimit(
            HttpHeaders headers, List<Limit> limits, ResetReader reader, Instant now) {
        Instant latest = null;
        for (Limit limit : limits) {
            boolean spent = "0".equals(headers.get(limit.remaining()));
            Instant reset = spent ? reader.read(headers.get(limit.reset()), now) : null;
            if (reset != null && (latest == null || reset.isAfter(latest))) {
                latest = reset;
            }
        }
        return latest;
    }

    /** A failure told with status 200, with the status it would have had. */
    public static StreamError inside(Kind kind, int status, String message, String words, byte[] json, Instant now) {
        Instant retryAt = kind == Kind.RATE_LIMITED ? Waits.inWords(message, now) : null;
        return new StreamError(new Fault(kind, status, retryAt, Words.bounded(words)), status, json);
    }

    /** A success whose body is none. */
    public static StreamError unreadable() {
        return unreadable("the answer is no JSON object");
    }

    /** A success whose body is not what was asked for. */
    public static StreamError unreadable(String why) {
        Fault fault = new Fault(Kind.BROKEN, 200, null, why);
        return new StreamError(fault, BAD_GATEWAY, new byte[0]);
    }
}
