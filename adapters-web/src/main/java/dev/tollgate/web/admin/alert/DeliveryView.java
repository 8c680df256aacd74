package dev.tollgate.web.admin.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tollgate.application.alert.DeliveryAttempt;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A line of the delivery log. */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record DeliveryView(
        long id,
        long deliveryId,
        long eventId,
        String event,
        int attempt,
        Instant attemptedAt,
        String status,
        @Nullable Integer httpStatus,
        long latencyMs,
        @Nullable String error,
        @Nullable String response,
        @Nullable Instant nextAttemptAt) {

    static DeliveryView of(DeliveryAttempt attempt) {
        return new DeliveryView(
                attempt.id(),
                attempt.deliveryId(),
                attempt.alertId(),
                attempt.type().wireName(),
                attempt.number(),
                attempt.at(),
                attempt.outcome().name().toLowerCase(Locale.ROOT),
                attempt.httpStatus(),
                attempt.latencyMillis(),
                attempt.error(),
                attempt.response(),
                attempt.nextAt());
    }
}
