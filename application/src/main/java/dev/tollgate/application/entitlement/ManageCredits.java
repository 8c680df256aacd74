package dev.tollgate.application.entitlement;

import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Grants users credit and takes it back. */
public interface ManageCredits {
    /**
     * A user's balance and entries, newest first, those before a given id if one is given; empty if there is no such
     * user.
     */
    Optional<Statement> statement(UserId user, @Nullable Long before, int limit);

    /** Books a grant, or a taking back if the amount is negative; the same reference counts once. */
    Granted grant(Grant grant);

    /**
     * What a user has.
     *
     * @param balance the ledger less the calls it paid for; what is held is part of it
     */
    record Statement(Money balance, Money held, List<CreditEntry> entries) {
        public Statement {
            entries = List.copyOf(entries);
        }
    }

    /**
     * An amount for a user, not zero.
     *
     * @param refunded the call whose charge is given back; null if it is no refund
     */
    record Grant(
            UserId user,
            Money amount,
            @Nullable String reason,
            @Nullable String reference,
            @Nullable RequestId refunded,
            @Nullable UserId actor) {
        public Grant {
            if (refunded != null && !amount.isPositive()) {
                throw new IllegalArgumentException("a refund gives: " + amount.text());
            }
        }
    }

    /** What became of a grant. */
    sealed interface Granted {
        /** It is booked, now or under the same reference before. */
        record Done(CreditEntry entry, boolean repeated) implements Granted {}

        record NoSuchUser() implements Granted {}

        /** There is not so much that is neither spent nor held. */
        record NotThere() implements Granted {}

        /** The ledger's sum would leave its range. */
        record TooMuch() implements Granted {}

        /** The user has no recorded call of that id. */
        record NoSuchCall() implements Granted {}

        /** The refunds of the call would come to more than its charge. */
        record MoreThanCharged(Money charge) implements Granted {}

        /** What is held cannot be asked now. */
        record StoreAway() implements Granted {}
    }
}
