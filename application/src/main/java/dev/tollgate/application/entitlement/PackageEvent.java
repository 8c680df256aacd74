package dev.tollgate.application.entitlement;

import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ledger of packages.
 *
 * @param reference the outside world's name for what caused it, unique per user; null where there is none
 * @param actor who did it; null for the system
 */
public record PackageEvent(
        Kind kind, @Nullable String reference, @Nullable UserId actor, Instant at) {
    /** What can happen to a user's package. */
    public enum Kind {
        ASSIGNED,
        /** It ends later than before. */
        RENEWED,
        CHANGED,
        /** It ends earlier than before, or was taken away. */
        ENDED
    }
}
