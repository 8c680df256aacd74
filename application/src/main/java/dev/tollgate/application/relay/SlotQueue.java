package dev.tollgate.application.relay;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Load;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Ticket;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Picks an account and takes one of its slots; when every slot is taken, waits a little for one to come free. */
public final class SlotQueue {
    /** Calls that may wait at once; one more is refused at once. */
    private static final int WAITERS_MAX = 100;

    /** Slots freed on another node make no noise here, so a waiter looks for itself this often. */
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final AccountPool pool;
    private final LiveStore liveStore;
    private final Outage outage;
    private final RelaySettings settings;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    /** The slots this node's own calls occupy: all that is known while the live store is away. */
    private final OwnSlots own = new OwnSlots();

    private int waiters;

    public SlotQueue(
            AccountPool pool, LiveStore liveStore, Outage outage, RelaySettings settings, InstantSource clock) {
        this.pool = pool;
        this.liveStore = liveStore;
        this.outage = outage;
        this.settings = settings;
        this.clock = clock;
    }

    /** Marks the call's hold as sent along with its first slot. */
    Optional<Account> take(OutgoingCall call, Candidates candidates, Set<AccountId> tried) {
        Optional<Account> taken = tryTake(call, candidates, tried);
        return taken.isPresent() || !isAnyBusy(candidates, tried) ? taken : await(call, candidates, tried);
    }

    /** The account that would be picked now; empty if each one is busy or resting. */
    Optional<Account> next(Candidates candidates, @Nullable AccountId boundTo) {
        return candidates.roster().pick(clock.instant(), load(), Set.of(), boundTo);
    }

    void release(AccountId account, RequestId id, Money upstreamCost) {
        own.release(id);
        giveBack(account, id, upstreamCost);
        lock.lock();
        try {
            freed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(AccountId account, RequestId id, Money upstreamCost) {
        if (outage.isAway()) {
            return; // the lease runs out by itself, and SQL sets the day's cost right every minute
        }
        try {
            liveStore.releaseSlot(account, id, upstreamCost);
        } catch (StoreUnavailable away) {
            return; // as above
        }
    }

    private Optional<Account> tryTake(OutgoingCall call, Candidates candidates, Set<AccountId> tried) {
        Load load = load();
        Set<AccountId> passed = new HashSet<>(tried);
        while (true) {
            Optional<Account> picked = candidates.roster().pick(clock.instant(), load, passed, call.boundTo());
            if (picked.isEmpty() || lease(picked.get(), call)) {
                return picked;
            }
            passed.add(picked.get().id());
        }
    }

    /** While the store is away each node counts for itself what runs on an account. */
    private boolean lease(Account account, OutgoingCall call) {
        RequestId id = call.call().id();
        try {
            if (!outage.isAway()) {
                return isLeased(account, call, id) && own.take(account.id(), id, 0);
            }
        } catch (StoreUnavailable away) {
            return own.take(account.id(), id, account.placement().maxConcurrency());
        }
        return own.take(account.id(), id, account.placement().maxConcurrency());
    }

    private boolean isLeased(Account account, OutgoingCall call, RequestId id) {
        Ticket unmarked = call.unmarked();
        if (unmarked == null) {
            return liveStore.leaseSlot(account, id);
        }
        boolean isStarted = liveStore.start(account, unmarked);
        if (isStarted) {
            call.marked();
        }
        return isStarted;
    }

    private boolean isAnyBusy(Candidates candidates, Set<AccountId> tried) {
        Load load = load();
        return candidates.roster().accounts().stream()
                .anyMatch(account ->
                        !tried.contains(account.id()) && account.isOpen(clock.instant()) && load.withinBudget(account));
    }

    private Optional<Account> await(OutgoingCall call, Candidates candidates, Set<AccountId> tried) {
        long left = settings.slotWait().toNanos();
        lock.lock();
        try {
            if (waiters >= WAITERS_MAX) {
                return Optional.empty();
            }
            waiters++;
            try {
                while (left > 0) {
                    long turn = Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS));
                    left -= turn - Math.max(0, freed.awaitNanos(turn));
                    Optional<Account> taken = tryTake(call, candidates, tried);
                    if (taken.isPresent()) {
                        return taken;
                    }
                }
                return Optional.empty();
            } finally {
                waiters--;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Load load() {
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
