package dev.tollgate.application.entitlement;

import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a user's credit ledger.
 *
 * @param amount negative for a deduction only
 * @param reference the outside world's name for it, unique per user; null where there is none
 * @param call whose charge a refund gives back; null for everything else
 * @param actor who did it; null for the system
 */
public record CreditEntry(
        long id,
        UserId user,
        Kind kind,
        Money amount,
        @Nullable String reason,
        @Nullable String reference,
        @Nullable RequestId call,
        @Nullable UserId actor,
        Instant at) {
    public CreditEntry {
        if (amount.isZero() || amount.isNegative() != (kind == Kind.DEDUCTION)) {
            throw new IllegalArgumentException("a " + kind + " of " + amount.text());
        }
        if ((call != null) != (kind == Kind.REFUND)) {
            throw new IllegalArgumentException("a refund, and nothing else, is of a call");
        }
    }

    /** What kinds of lines there are. */
    public enum Kind {
        GRANT,
        DEDUCTION,
        /** Of a call's charge, or a part of it. */
        REFUND,
        REDEEM
    }
}
