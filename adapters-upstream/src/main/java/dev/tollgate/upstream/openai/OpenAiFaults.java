package dev.tollgate.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/** What OpenAI's errors, and those of compatible servers, say about the account and about asking again. */
final class OpenAiFaults {
    private static final Set<String> MONEY = Set.of(
            "insufficient_quota", "credit_balance_exhausted", "billing_hard_limit_reached", "billing_not_active");
    private static final int STATUS_UNTOLD = 500;

    private OpenAiFaults() {}

    /** An error's own words. */
    private record Told(String type, String code, String message) {
        static Told of(@Nullable Object error) {
            if (error instanceof String message) {
                return new Told("", "", message);
            }
            Map<String, Object> members = JsonTree.object(error);
            Object code = members.get("code");
            return new Told(
                    JsonTree.text(members.get("type")),
                    code == null ? "" : code.toString(),
                    JsonTree.text(members.get("message")));
        }

        boolean isAboutMoney() {
            return MONEY.contains(type) || MONEY.contains(code);
        }

        String words(int status) {
            String name = code.isEmpty() ? type : code;
            return Words.bounded(status + " " + name + ": " + message);
        }
    }

    static Fault of(int status, HttpHeaders headers, byte[] body, Instant now) {
        Map<String, Object> members = JsonTree.members(body, 0, body.length, Set.of("error", "detail"));
        Told told =
                members == null ? new Told("", "", "") : Told.of(members.getOrDefault("error", members.get("detail")));
        Kind kind = told.isAboutMoney() ? Kind.BALANCE : kind(status);
        Instant retryAt = kind == Kind.RATE_LIMITED || kind == Kind.OVERLOADED || kind == Kind.SERVER
                ? retryAt(headers, told, now)
                : null;
        return new Fault(kind, status, retryAt, told.words(status));
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

    private static @Nullable Instant retryAt(HttpHeaders headers, Told told, Instant now) {
        Instant at = Waits.retryAfterMillis(headers.get("retry-after-ms"), now);
        at = at != null ? at : Waits.retryAfter(headers.get("retry-after"), now);
        at = at != null ? at : Waits.inWords(told.message(), now);
        return at != null ? at : spentLimit(headers, now);
    }

    /** The later reset of the limits that have nothing left; those with something left are not what stopped the call. */
    private static @Nullable Instant spentLimit(HttpHeaders headers, Instant now) {
        Instant latest = null;
        for (String limit : new String[] {"requests", "tokens"}) {
            boolean spent = "0".equals(headers.get("x-ratelimit-remaining-" + limit));
            Instant reset = spent ? Waits.reset(headers.get("x-ratelimit-reset-" + limit), now) : null;
            if (reset != null && (latest == null || reset.isAfter(latest))) {
                latest = reset;
            }
        }
        return latest;
    }

    /** An error told with status 200, in a stream or instead of an answer. */
    static StreamError inStream(byte[] json, @Nullable Object error, Instant now) {
        Told told = Told.of(error);
        int status = status(told);
        Kind kind = told.isAboutMoney() ? Kind.BALANCE : kind(status);
        Instant retryAt = kind == Kind.RATE_LIMITED ? Waits.inWords(told.message(), now) : null;
        return new StreamError(new Fault(kind, status, retryAt, told.words(status)), status, json);
    }

    private static int status(Told told) {
        // Some servers put the status where OpenAI has its code.
        if (told.code().matches("[45]\\d\\d")) {
            return Integer.parseInt(told.code());
        }
        String names = (told.type() + " " + told.code()).toLowerCase(Locale.ROOT);
        if (names.contains("rate_limit") || MONEY.contains(told.code()) || MONEY.contains(told.type())) {
            return 429;
        }
        if (names.contains("overloaded") || names.contains("unavailable")) {
            return 503;
        }
        if (names.contains("invalid_api_key") || names.contains("authentication")) {
            return 401;
        }
        return names.contains("invalid_request") || names.contains("context_length") ? 400 : STATUS_UNTOLD;
    }

    static StreamError unreadable() {
        Fault fault = new Fault(Kind.BROKEN, 200, null, "the answer is no JSON object");
        return new StreamError(fault, 502, "".getBytes(UTF_8));
    }
}
