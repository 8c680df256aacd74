package dev.tollgate.application.entitlement;

import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The append-only ledger of users' credit: grants, refunds and what was taken back, never calls. */
public interface CreditLedger {
    /**
     * Adds an entry in one transaction, or nothing if the user's ledger has its reference already; the answer holds the
     * entry that counts. The user's version rises with each entry added.
     */
    Booked book(CreditEntry entry);

    /**
     * Books a refund as {@link #book} does, if with it the refunds of its call come to no more than the call's charge;
     * else adds nothing.
     */
    Optional<Booked> refund(CreditEntry entry, Money charge);

    Optional<CreditEntry> find(UserId user, String reference);

    /** A user's entries, newest first, those before a given id if one is given. */
    List<CreditEntry> entries(UserId user, @Nullable Long before, int limit);

    /** The sum of each user's ledger with its version; a user without entries is absent. */
    Map<UserId, Wallets.Credit> sums(Collection<UserId> users);

    /**
     * The entry that counts under a reference.
     *
     * @param repeated whether it was there before
     * @param sum the ledger's sum now
     */
    record Booked(CreditEntry entry, boolean repeated, Wallets.Credit sum) {}
}
