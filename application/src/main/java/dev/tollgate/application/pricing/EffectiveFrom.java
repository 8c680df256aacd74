package dev.tollgate.application.pricing;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From when a new version holds: never before now, since calls have been admitted at the prices of then. */
final class EffectiveFrom {
    /** An editor's clock may be a little behind; what it calls now is now. */
    private static final Duration CLOCKS_DIFFER_MAX = Duration.ofMinutes(1);

    private EffectiveFrom() {}

    /** The instant, to the millisecond; empty if back-dating is asked for. */
    static Optional<Instant> of(@Nullable Instant asked, Instant now) {
        Instant present = now.truncatedTo(ChronoUnit.MILLIS);
        if (asked == null) {
            return Optional.of(present);
        }
        if (asked.isAfter(present)) {
            return Optional.of(asked.truncatedTo(ChronoUnit.MILLIS));
        }
        return asked.isBefore(present.minus(CLOCKS_DIFFER_MAX)) ? Optional.empty() : Optional.of(present);
    }
}
