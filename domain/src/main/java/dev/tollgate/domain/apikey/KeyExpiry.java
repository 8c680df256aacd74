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

    /** Whether the key has ended: from that instant on, not after it. Days are 24 hours. */
    public boolean isOver(Instant now) {
        if (at != null && !now.isBefore(at)) {
            return true;
        }
        return daysFromFirstUse != null
                && firstUsed != null
                && !now.isBefore(firstUsed.plus(Duration.ofDays(daysFromFirstUse)));
    }
}
