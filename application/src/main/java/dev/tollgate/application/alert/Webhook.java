package dev.tollgate.application.alert;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an operator wants to be told of alerts.
 *
 * @param events names of {@link AlertType}, or {@link #EVERYTHING}
 * @param sealedSecret what deliveries are signed with, sealed to its row
 * @param standing how the last delivery went; edits do not touch it
 */
public record Webhook(
        WebhookId id,
        @Nullable String name,
        String url,
        Set<String> events,
        String sealedSecret,
        boolean enabled,
        Standing standing,
        Instant createdAt,
        Instant updatedAt) {
    /** Asks for every event there is, and every one there will be. */
    public static final String EVERYTHING = "*";

    public Webhook {
        events = Set.copyOf(events);
    }

    /** Whether it is to be told of alerts of a type. */
    public boolean wants(AlertType type) {
        return enabled && (events.contains(EVERYTHING) || events.contains(type.wireName()));
    }

    /** The same, its secret sealed anew. */
    Webhook with(String sealedAnew) {
        return new Webhook(id, name, url, events, sealedAnew, enabled, standing, createdAt, updatedAt);
    }

    /** The same after a delivery. */
    public Webhook with(Standing after) {
        return new Webhook(id, name, url, events, sealedSecret, enabled, after, createdAt, updatedAt);
    }

    @Override
    public String toString() {
        return "Webhook[" + id.value() + "]";
    }

    /**
     * How deliveries go.
     *
     * @param last the last answer's status, or what went wrong in its place; null if there was none
     * @param failuresInARow 0 after one that was taken
     */
    public record Standing(@Nullable String last, @Nullable Instant lastAt, int failuresInARow) {
        public static final Standing NONE = new Standing(null, null, 0);
    }
}
