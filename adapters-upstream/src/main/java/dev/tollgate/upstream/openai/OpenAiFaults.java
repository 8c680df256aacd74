package dev.tollgate.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.domain.account.Fault.Scope;
import dev.tollgate.upstream.http.AnswerCodec.StreamError;
import dev.tollgate.upstream.http.Faults;
import dev.tollgate.upstream.http.JsonEdits;
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

/** What OpenAI's errors, and those of compatible servers, say about the account and about asking again. */
final class OpenAiFaults {
    private static final Set<String> MONEY = Set.of(
            "insufficient_quota", "credit_balance_exhausted", "billing_hard_limit_reached", "billing_not_active");
    private static final List<Faults.Limit> LIMITS = Stream.of("requests", "tokens")
            .map(limit -> new Faults.Limit("x-ratelimit-remaining-" + limit, "x-ratelimit-reset-" + limit))
            .toList();
    /** Azure's 404 for what the operator entered: another account may have the deployment, and this one others. */
    private static final String NO_DEPLOYMENT = "DeploymentNotFound";

    /** A project may be let use some models only; told with 403, elsewhere with 404 for a model nobody has. */
    private static final String NO_MODEL = "model_not_found";

    /** So begins the refusal of a request beyond the whole of the account's limit for a minute (quoted, 2025). */
    private static final String BEYOND_LIMIT = "Request too large for ";

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

        /** Waiting does not help it, and lesser requests go on: only an account with a larger limit may take it. */
        boolean isBeyondLimit(int status) {
            return status == 429 && message.startsWith(BEYOND_LIMIT);
        }

        boolean isAboutTheModel(int status) {
            return code.equals(NO_DEPLOYMENT) || (status == 403 && code.equals(NO_MODEL));
        }

        Kind kind(int status) {
            if (code.equals(NO_DEPLOYMENT) || isBeyondLimit(status)) {
                return Kind.SERVER;
            }
            return isAboutMoney() ? Kind.BALANCE : Faults.kind(status);
        }

        String words(int status) {
            return status + " " + (code.isEmpty() ? type : code) + ": " + message;
        }
    }

    static Fault of(int status, HttpHeaders headers, byte[] body, Instant now) {
        Map<String, Object> members = JsonTree.members(body, 0, body.length, Set.of("error", "detail"));
        Told told =
                members == null ? new Told("", "", "") : Told.of(members.getOrDefault("error", members.get("detail")));
        Kind kind = told.kind(status);
        Instant retryAt = Faults.passes(kind) ? retryAt(headers, told, now) : null;
        Scope scope = told.isAboutTheModel(status) ? Scope.MODEL : Scope.ACCOUNT;
        return new Fault(kind, status, retryAt, Words.bounded(told.words(status)), scope);
    }

    private static @Nullable Instant retryAt(HttpHeaders headers, Told told, Instant now) {
        Instant at = Faults.retryAt(headers, told.message(), now);
        return at != null ? at : Faults.spentLimit(headers, LIMITS, Waits::reset, now);
    }

    /** An error told with status 200, in a stream or instead of an answer. */
    static StreamError inside(byte[] json, @Nullable Object error, Instant now) {
        Told told = Told.of(error);
        int status = status(told);
        return Faults.inside(told.kind(status), status, told.message(), told.words(status), json, now);
    }

    /** An error event whose members lie bare; its body is what an answer would have had. */
    static StreamError inside(Map<String, Object> error, Instant now) {
        Told told = Told.of(error);
        String json = "{\"error\":{\"message\":" + JsonEdits.quoted(told.message()) + ",\"type\":"
                + JsonEdits.quoted(told.type().isEmpty() ? told.code() : told.type()) + ",\"param\":null,\"code\":"
                + JsonEdits.quoted(told.code()) + "}}";
        return inside(json.getBytes(UTF_8), error, now);
    }

    private static int status(Told told) {
        // Some servers put the status where OpenAI has its code.
        if (told.code().matches("[45]\\d\\d")) {
            return Integer.parseInt(told.code());
        }
        String names = (told.type() + " " + told.code()).toLowerCase(Locale.ROOT);
        if (names.contains("rate_limit")
                || names.contains("ratelimit")
                || MONEY.contains(told.code())
                || MONEY.contains(told.type())) {
            return 429;
        }
        if (names.contains("overloaded") || names.contains("unavailable")) {
            return 503;
        }
        if (names.contains("invalid_api_key") || names.contains("authentication")) {
            return 401;
        }
        return names.contains("invalid_") || names.contains("context_length") ? 400 : STATUS_UNTOLD;
    }
}
