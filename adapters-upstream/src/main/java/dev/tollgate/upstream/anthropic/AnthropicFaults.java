package dev.tollgate.upstream.anthropic;

import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.upstream.http.AnswerCodec.StreamError;
import dev.tollgate.upstream.http.Faults;
import dev.tollgate.upstream.http.Waits;
import dev.tollgate.upstream.http.Words;
import dev.tollgate.upstream.meter.JsonTree;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What Anthropic's errors say about the account and about asking again. */
final class AnthropicFaults {
    private static final List<Faults.Limit> LIMITS = Stream.of("requests", "tokens", "input-tokens", "output-tokens")
            .map(limit -> "anthropic-ratelimit-" + limit)
            .map(limit -> new Faults.Limit(limit + "-remaining", limit + "-reset"))
            .toList();

    private AnthropicFaults() {}

    static Fault of(int status, HttpHeaders headers, byte[] body, Instant now) {
        Map<String, Object> members = JsonTree.members(body, 0, body.length, Set.of("error"));
        Map<String, Object> error = members == null ? Map.of() : JsonTree.object(members.get("error"));
        String type = JsonTree.text(error.get("type"));
        String message = JsonTree.text(error.get("message"));
        Kind kind = kind(status, message);
        String words = Words.bounded(status + " " + type + ": " + message);
        if (kind == Kind.RATE_LIMITED) {
            UnifiedLimits limits = UnifiedLimits.of(headers);
            Instant reset = limits.reset();
            return new Fault(
                    kind, status, reset != null ? reset : retryAt(headers, message, now), words, limits.scope());
        }
        return new Fault(kind, status, Faults.passes(kind) ? retryAt(headers, message, now) : null, words);
    }

    /** An empty balance comes as a 400 that only its message tells from a bad request. */
    private static boolean isAboutMoney(int status, String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        boolean words = lower.contains("credit balance") || lower.contains("purchase credits");
        return status == 402 || ((status == 400 || status == 403) && words);
    }

    /** A credential that is not let use the API is told as a bad request too. */
    private static boolean isAboutCredential(int status, String message) {
        return status == 400 && message.startsWith("This credential is only authorized");
    }

    private static Kind kind(int status, String message) {
        if (isAboutMoney(status, message)) {
            return Kind.BALANCE;
        }
        return isAboutCredential(status, message) ? Kind.CREDENTIALS : Faults.kind(status);
    }

    private static @Nullable Instant retryAt(HttpHeaders headers, String message, Instant now) {
        Instant at = Faults.retryAt(headers, message, now);
        return at != null ? at : Faults.spentLimit(headers, LIMITS, Waits::instant, now);
    }

    /** An error told with status 200, in a stream or instead of an answer. */
    static StreamError inStream(byte[] json, @Nullable Object error, Instant now) {
        Map<String, Object> members = JsonTree.object(error);
        String type = JsonTree.text(members.get("type"));
        String message = JsonTree.text(members.get("message"));
        int status = status(type);
        return Faults.inside(kind(status, message), status, message, status + " " + type + ": " + message, json, now);
    }

    private static int status(String type) {
        return switch (type) {
            case "invalid_request_error" -> 400;
            case "authentication_error" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error" -> 404;
            case "conflict_error" -> 409;
            case "request_too_large" -> 413;
            case "rate_limit_error" -> 429;
            case "timeout_error" -> 504;
            case "overloaded_error" -> 529;
            default -> 500;
        };
    }
}
