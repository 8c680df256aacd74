package dev.tollgate.application.entitlement;

import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What is used and held at this moment: from the live store, or from what is recorded while that is away. */
public interface Balances {
    /** These packages with what is spent in their windows, in the same order. */
    List<UserPackage> spent(Collection<UserPackage> packages);

    /** Of users' credit; a user who spent none may be absent. */
    Map<UserId, Spent> credit(Collection<UserId> users);

    /**
     * Has every node admit by a package's new limits from now on, whatever it has in memory; by none of them if it is
     * disabled or over. What is held of it stays held.
     */
    void push(UserPackage edited, Instant now);

    /**
     * Takes an amount out of a user's unspent credit: holds it so that no call can spend it meanwhile, runs the
     * deduction, lets every node know the lower sum, and only then lets the hold go.
     *
     * @param deduct books the deduction and answers the ledger's sum after it; runs only if the amount could be held
     */
    TakenBack takeBack(UserId user, Money amount, Wallets.Credit before, Supplier<Wallets.Credit> deduct);

    /** How taking back went. */
    enum TakenBack {
        DONE,
        /** It is spent, or held by calls that run. */
        NOT_THERE,
        /** Nobody can say what is held; nothing was changed. */
        STORE_AWAY
    }
}
