package dev.tollgate.bootstrap.crash;

import java.time.Instant;

/** A span in which something was hit, and what callers may notice of it. */
record Window(Hit.Target target, Instant from, Instant until) {
    /** Whether what a caller got may have come of it. */
    boolean excuses(Made made) {
        boolean isMeanwhile = made.from().isBefore(until) && made.until().isAfter(from);
        return isMeanwhile
                && switch (target) {
                    case GATEWAY -> made.heard().broken() != null || made.isToldToComeAgain();
                    case STOPPED_GATEWAY -> made.isNotEvenBegun() || made.isToldToComeAgain();
                    case REDIS -> made.isToldToComeAgain();
                    case MARIADB -> false;
                };
    }
}
