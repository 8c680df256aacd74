package dev.tollgate.application.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing operators are told.
 *
 * @param key what it is about, at most 255 characters: of alerts with one key the first is told, the others never
 * @param data a JSON object in one line, without secrets
 * @param keptUntil when it may be forgotten, and its key with it; null: never
 */
public record Alert(
        long id,
        AlertType type,
        String key,
        Instant at,
        String data,
        @Nullable Instant keptUntil) {
    public static final int KEY_LENGTH_MAX = 255;

    public Alert {
        if (key.length() > KEY_LENGTH_MAX) {
            throw new IllegalArgumentException("too long a key for an alert");
        }
    }

    /** What receivers are sent and the log shows: a JSON object in one line, the same each time. */
    public String body() {
        return new AlertFacts()
                .with("id", id)
                .with("type", type.wireName())
                .with("created_at", at)
                .raw("data", data)
                .json();
    }
}
