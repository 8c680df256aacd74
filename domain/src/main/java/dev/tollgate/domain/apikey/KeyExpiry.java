package dev.tollgate.domain.apikey;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a key ends: at an instant, or so many days after its first use, or never. */
public record KeyExpiry(@Nullable Instant at, @Nullable Integer daysFromFirstUse, @Nullable Instant firstUsed) {
    public static final KeyExpiry NEVER = new KeyExpiry(null, null, null);

    public boolean isOver(Instant now) {
        if (at != null && !now.isBefore(at)) {
            return true;
        }
        return daysFromFirstUse != null
                && firstUsed != null
                && !now.isBefore(firstUsed.plus(Duration.ofDays(daysFromFirstUse)));
    }
}
