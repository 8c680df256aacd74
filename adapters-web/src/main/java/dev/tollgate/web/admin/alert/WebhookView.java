package dev.tollgate.web.admin.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tollgate.application.alert.Webhook;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it is shown.
 *
 * @param secret masked, unless it was made up by this very call
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record WebhookView(
        long id,
        @Nullable String name,
        String url,
        List<String> events,
        String secret,
        boolean enabled,
        @Nullable String lastStatus,
        @Nullable Instant lastDeliveryAt,
        int consecutiveFailures,
        Instant createdAt,
        Instant updatedAt) {

    static WebhookView of(Webhook webhook, String secret) {
        return new WebhookView(
                webhook.id().value(),
                webhook.name(),
                webhook.url(),
                webhook.events().stream().sorted().toList(),
                secret,
                webhook.enabled(),
                webhook.standing().last(),
                webhook.standing().lastAt(),
                webhook.standing().failuresInARow(),
                webhook.createdAt(),
                webhook.updatedAt());
    }
}
