package dev.tollgate.upstream.anthropic;

import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.upstream.http.AnswerCodec.StreamError;
import dev.tollgate.upstream.http.Waits;
import dev.tollgate.upstream.http.Words;
import dev.tollgate.upstream.meter.JsonTree;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Anthropic's errors say about the account and about asking again. */
final class AnthropicFaults {
    private static final String[] LIMITS = {"requests", "tokens", "input-tokens", "output-tokens"};

    private AnthropicFaults() {}

    static Fault of(int status, HttpHeaders headers, byte[] body, Instant now) {
        Map<String, Object> members = JsonTree.members(body, 0, body.length, Set.of("error"));
        Map<String, Object> error = members == null ? Map.of() : JsonTree.object(members.get("error"));
        String type = JsonTree.text(error.get("type"));
        String message = JsonTree.text(error.get("message"));
        Kind kind = isAboutMoney(status, message) ? Kind.BALANCE : kind(status);
        boolean passes = kind == Kind.RATE_LIMITED || kind == Kind.OVERLOADED || kind == Kind.SERVER;
        Instant retryAt = passes ? retryAt(headers, message, now) : null;
        return new Fault(kind, status, retryAt, Words.bounded(status + " " + type + ": " + message));
    }

    /** An empty balance comes as a 400 that only its message tells from a bad request. */
    private static boolean isAboutMoney(int status, String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        boolean words = lower.contains("credit balance") || lower.contains("purchase credits");
        return status == 402 || ((status == 400 || status == 403) && words);
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 400, 404, 405, 409, 413, 415, 422 -> Kind.REQUEST;
            case 401, 403 -> Kind.CREDENTIALS;
            case 402 -> Kind.BALANCE;
            case 429 -> Kind.RATE_LIMITED;
            case 503, 529 -> Kind.OVERLOADED;
            default -> Kind.SERVER;
        };
    }

    private static @Nullable Instant retryAt(HttpHeaders headers, String message, Instant now) {
        Instant at = Waits.retryAfterMillis(headers.get("retry-after-ms"), now);
        at = at != null ? at : Waits.retryAfter(headers.get("retry-after"), now);
        at = at != null ? at : Waits.inWords(message, now);
        return at != null ? at : spentLimit(headers, now);
    }

    /** The latest reset of the limits that have nothing left. */
    private static @Nullable Instant spentLimit(HttpHeaders headers, Instant now) {
        Instant latest = null;
        for (String limit : LIMITS) {
            boolean spent = "0".equals(headers.get("anthropic-ratelimit-" + limit + "-remaining"));
            Instant reset = spent ? Waits.instant(headers.get("anthropic-ratelimit-" + limit + "-reset"), now) : null;
            if (reset != null && (latest == null || reset.isAfter(latest))) {
                latest = reset;
            }
        }
        return latest;
    }

    /** An error told with status 200, in a stream or instead of an answer. */
    static StreamError inStream(byte[] json, @Nullable Object error, Instant now) {
        Map<String, Object> members = JsonTree.object(error);
        String type = JsonTree.text(members.get("type"));
        String message = JsonTree.text(members.get("message"));
        int status = status(type);
        Kind kind = isAboutMoney(status, message) ? Kind.BALANCE : kind(status);
        Instant retryAt = kind == Kind.RATE_LIMITED ? Waits.inWords(message, now) : null;
        Fault fault = new Fault(kind, status, retryAt, Words.bounded(status + " " + type + ": " + message));
        return new StreamError(fault, status, json);
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

    static StreamError unreadable() {
        return new StreamError(new Fault(Kind.BROKEN, 200, null, "the answer is no JSON object"), 502, new byte[0]);
    }
}
