package dev.tollgate.domain.apikey;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a key ends: at an instant, or so many days after its first use, or never. */
public record KeyExpiry(
        @Nullable Instant at,
        @Nullable Integer daysFromFirstUse,
        @Nullable Instant firstUsed) {
    public static final KeyExpiry NEVER = new KeyExpiry(null, null, null);

    private static final int DAYS_MAX = 36_500;

    public KeyExpiry {
        if (daysFromFirstUse != null && (daysFromFirstUse < 1 || daysFromFirstUse > DAYS_MAX)) {
            throw new IllegalArgumentException("a key lives 1 to " + DAYS_MAX + " days: " + daysFromFirstUse);
        }
    }

    /** This expiry after a use: only the first one starts the days. */
    public KeyExpiry usedAt(Instant now) {
        return firstUsed == null ? new KeyExpiry(at, daysFromFirstUse, now) : this;
    }

    /** When the key ends, by whichever comes first, as far as is known by now; null: never. Days are 24 hours. */
    public @Nullable Instant end() {
        if (daysFromFirstUse == null || firstUsed == null) {
            return at;
        }
        Instant daysOver = firstUsed.plus(Duration.ofDays(daysFromFirstUse));
        return at != null && at.isBefore(daysOver) ? at : daysOver;
    }

    /** Whether the key has ended: from that instant on, not after it. */
    public boolean isOver(Instant now) {
        Instant end = end();
        return end != null && !now.isBefore(end);
    }
}
