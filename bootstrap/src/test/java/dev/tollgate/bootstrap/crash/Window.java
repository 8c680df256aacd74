package dev.tollgate.bootstrap.crash;

import java.time.Instant;

/** A span in which something was hit, and what callers may notice of it. */
record Window(Hit.Target target, Instant from, Instant until) {
    /** Whether a call was under way meanwhile. */
    boolean meets(Made made) {
        return made.from().isBefore(until) && made.until().isAfter(from);
    }

    /** Whether what a caller got may have come of it. */
    boolean excuses(Made made) {
        return meets(made)
                && switch (target) {
                    case GATEWAY -> made.heard().broken() != null || made.isToldToComeAgain();
                    case STOPPED_GATEWAY -> made.isNotEvenBegun() || made.isToldToComeAgain();
                    case REDIS -> made.isToldToComeAgain();
                    case MARIADB -> false;
                    case CALLS -> true;
                };
    }
}
