package dev.tollgate.application.entitlement;

import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One grant of credit, or, negative, one taking back.
 *
 * @param reference the outside world's name for it, unique per user; null where there is none
 * @param actor who did it; null for the system
 */
public record CreditEntry(
        long id,
        UserId user,
        Money amount,
        @Nullable String reason,
        @Nullable String reference,
        @Nullable UserId actor,
        Instant at) {
    public CreditEntry {
        if (amount.isZero()) {
            throw new IllegalArgumentException("an entry moves money");
        }
    }
}
