package dev.tollgate.application.relay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure as a caller is told it, before its dialect gives it a shape.
 *
 * @param status the HTTP status to answer with
 * @param message what happened, whose limit, what to do; public words only
 * @param field the body's field at fault, null if none
 * @param retryAfter when trying again may help, null if it will not
 */
public record CallError(
        Code code,
        int status,
        String message,
        @Nullable String field,
        @Nullable Duration retryAfter) {

    /** The cases of the contract's error table; each dialect has its own words for them. */
    public enum Code {
        INVALID_API_KEY(401),
        MODEL_NOT_ALLOWED(403),
        IP_NOT_ALLOWED(403),
        MODEL_NOT_FOUND(404),
        INVALID_REQUEST(400),
        INSUFFICIENT_QUOTA(402),
        RATE_LIMIT_EXCEEDED(429),
        NO_AVAILABLE_ACCOUNT(503),
        UPSTREAM_ERROR(502),
        INTERNAL_ERROR(500),
        REQUEST_TOO_LARGE(413),
        IDEMPOTENCY_CONFLICT(409),
        IDEMPOTENCY_KEY_REUSED(422);

        private final int status;

        Code(int status) {
            this.status = status;
        }

        /** The status it has unless the upstream's own is kept. */
        public int status() {
            return status;
        }
    }

    public static CallError of(Code code, String message) {
        return new CallError(code, code.status(), message, null, null);
    }

    /** The wait in whole seconds, rounded up, for one that is cut short is in vain; null if there is none. */
    public @Nullable Long retryAfterSeconds() {
        return retryAfter == null
                ? null
                : Math.max(1, retryAfter.plusSeconds(1).minusNanos(1).toSeconds());
    }

    public CallError retryAfter(Duration wait) {
        return new CallError(code, status, message, field, wait);
    }
}
