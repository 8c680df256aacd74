package dev.tollgate.application.alert;

import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which windows of packages and credits recorded usage was added to, batch by batch, and how far that was looked at. */
public interface SpendingLooks {
    /** For each shard the next batches of recorded usage that were not {@link #seen}, at most so many. */
    List<Look> next(int batchesMax);

    /** How users' credit stood when it was last looked at; a user of whom there is nothing is absent. */
    Map<UserId, CreditLook> credits(Collection<UserId> users);

    /** Keeps how credits stand and moves on behind a look's batches, in one transaction; never back. */
    void seen(Look look, Collection<CreditLook> credits);

    /**
     * Some batches of a shard.
     *
     * @param upTo the last one's number
     */
    record Look(int shard, long upTo, Set<Touched> touched) {
        public Look {
            touched = Set.copyOf(touched);
        }
    }

    /**
     * A window of a package or a credit that usage was added to.
     *
     * @param used all that is recorded in it by now
     */
    record Touched(UserId user, Subject subject, WindowKey window, Money used) {}

    /**
     * A user's credit as it was looked at.
     *
     * @param version the ledger's
     * @param base what was used before the ledger's last booking, as of the last look before it
     * @param used what was used when it was looked at
     */
    record CreditLook(UserId user, long version, Money base, Money used) {
        static CreditLook first(UserId user) {
            return new CreditLook(user, 0, Money.ZERO, Money.ZERO);
        }

        /** The next look: a booking since makes what was used at this one the point from which it is counted. */
        CreditLook next(long ledgerVersion, Money usedNow) {
            return new CreditLook(user, ledgerVersion, version == ledgerVersion ? base : used, usedNow);
        }
    }
}
