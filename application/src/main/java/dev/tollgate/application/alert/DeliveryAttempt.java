package dev.tollgate.application.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the delivery log.
 *
 * @param number from 1
 * @param httpStatus null if there was no answer
 * @param error what went wrong in place of an answer, one word; null if there was one
 * @param response the beginning of the answer's body, without secrets; null if there was none
 * @param nextAt when it is tried again; null if it is not
 */
public record DeliveryAttempt(
        long id,
        long deliveryId,
        long alertId,
        AlertType type,
        int number,
        Instant at,
        Outcome outcome,
        @Nullable Integer httpStatus,
        long latencyMillis,
        @Nullable String error,
        @Nullable String response,
        @Nullable Instant nextAt) {

    /** What came of it. */
    public enum Outcome {
        DELIVERED,
        /** Not taken; it is tried again. */
        RETRYING,
        /** Not taken, and that was the last time. */
        FAILED
    }

    /** The answer's status, or what went wrong in its place. */
    public String word() {
        return httpStatus == null ? String.valueOf(error) : String.valueOf(httpStatus);
    }
}
