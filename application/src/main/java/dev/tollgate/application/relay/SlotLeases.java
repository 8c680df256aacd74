package dev.tollgate.application.relay;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Load;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Ticket;
import java.util.Map;
import java.util.Set;

/** Takes accounts' slots and gives them back: the live store's, or, while that is away, this node's own count. */
final class SlotLeases {
    private final AccountPool pool;
    private final LiveStore liveStore;
    private final Outage outage;
    /** The slots this node's own calls occupy: all that is known while the live store is away. */
    private final OwnSlots own = new OwnSlots();

    SlotLeases(AccountPool pool, LiveStore liveStore, Outage outage) {
        this.pool = pool;
        this.liveStore = liveStore;
        this.outage = outage;
    }

    /**
     * While the store is away each node counts for itself what runs on an account; as long as it is merely late, a slot of
     * an account with a limit is asked for again.
     */
    LiveStore.Leased take(Account account, OutgoingCall call) {
        RequestId id = call.call().id();
        if (!outage.isAway()) {
            try {
                LiveStore.Leased leased = lease(account, call, id);
                return leased == LiveStore.Leased.TAKEN ? takeOwn(account, id, 0) : leased;
            } catch (StoreUnavailable late) {
                return isLimited(account) ? LiveStore.Leased.BUSY : takeOwn(account, id, 0);
            }
        }
        return takeOwn(account, id, account.placement().maxConcurrency());
    }

    private LiveStore.Leased lease(Account account, OutgoingCall call, RequestId id) {
        Money most = account.placement().dailyBudget().isPositive() ? call.upstreamMost(account) : Money.ZERO;
        Ticket unmarked = call.unmarked();
        if (unmarked == null) {
            return liveStore.leaseSlot(account, id, most);
        }
        LiveStore.Leased started = liveStore.start(account, unmarked, most);
        if (started == LiveStore.Leased.TAKEN) {
            call.marked();
        }
        return started;
    }

    private static boolean isLimited(Account account) {
        return account.placement().maxConcurrency() > 0
                || account.placement().dailyBudget().isPositive();
    }

    private LiveStore.Leased takeOwn(Account account, RequestId id, int most) {
        return own.take(account.id(), id, most) ? LiveStore.Leased.TAKEN : LiveStore.Leased.BUSY;
    }

    void release(AccountId account, RequestId id, Money upstreamCost) {
        own.release(id);
        try {
            liveStore.releaseSlot(account, id, upstreamCost);
        } catch (StoreUnavailable away) {
            return; // the lease runs out by itself, and SQL sets the day's cost right every minute
        }
    }

    Load load() {
        Map<AccountId, Integer> inFlight = outage.isAway() ? own.counts() : liveStore.inFlight();
        Set<AccountId> overBudget = liveStore.overBudget();
        return new Load() {
            @Override
            public int inFlight(AccountId account) {
                return inFlight.getOrDefault(account, 0);
            }

            @Override
            public int consecutiveFailures(AccountId account) {
                return pool.consecutiveFailures(account);
            }

            @Override
            public boolean withinBudget(Account account) {
                return !overBudget.contains(account.id());
            }
        };
    }
}
