package dev.tollgate.persistence.embedded;

import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.LiveStore.Leased;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The accounts' places for calls at once, each a lease, and what the accounts cost today (UTC). */
final class AccountSlots {
    private static final long LEASE_MILLIS = TimeUnit.SECONDS.toMillis(LiveStore.LEASE_SECONDS);
    private static final long BUDGET_REMEMBERED_MILLIS = TimeUnit.SECONDS.toMillis(2);
    private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<AccountId, State> accounts = new HashMap<>();

    Leased lease(Account account, RequestId id, Money upstreamMost, long nowMillis) {
        lock.lock();
        try {
            return state(account.id(), nowMillis).lease(account, id, upstreamMost.nanos(), nowMillis);
        } finally {
            lock.unlock();
        }
    }

    void release(AccountId account, RequestId id, Money upstreamCost, long nowMillis) {
        lock.lock();
        try {
            state(account, nowMillis).release(id, upstreamCost);
        } finally {
            lock.unlock();
        }
    }

    void renew(Set<RequestId> ids, long nowMillis) {
        lock.lock();
        try {
            accounts.values()
                    .forEach(state -> state.leases.replaceAll(
                            (id, lease) -> ids.contains(id) ? lease.until(nowMillis + LEASE_MILLIS) : lease));
        } finally {
            lock.unlock();
        }
    }

    Map<AccountId, Integer> inFlight(long nowMillis) {
        lock.lock();
        try {
            Map<AccountId, Integer> counts = new HashMap<>();
            accounts.forEach((id, state) -> {
                int running = state.running(nowMillis);
                if (running > 0) {
                    counts.put(id, running);
                }
            });
            return counts;
        } finally {
            lock.unlock();
        }
    }

    Set<AccountId> overBudget(long nowMillis) {
        lock.lock();
        try {
            Set<AccountId> over = new HashSet<>();
            accounts.forEach((id, state) -> {
                if (state.overBudgetUntilMillis > nowMillis && state.day == nowMillis / DAY_MILLIS) {
                    over.add(id);
                }
            });
            return over;
        } finally {
            lock.unlock();
        }
    }

    void spent(LocalDate day, AccountId account, Money spent, boolean mayLower, long nowMillis) {
        lock.lock();
        try {
            state(account, nowMillis).correct(day.toEpochDay(), spent.nanos(), mayLower);
        } finally {
            lock.unlock();
        }
    }

    private State state(AccountId account, long nowMillis) {
        State state = accounts.computeIfAbsent(account, absent -> new State());
        state.onDay(nowMillis / DAY_MILLIS);
        return state;
    }

    /** Ends unless it is renewed; until then what the call can cost is held. */
    private record Lease(long untilMillis, long mostNanos) {
        Lease until(long millis) {
            return new Lease(millis, mostNanos);
        }
    }

    private static final class State {
        final Map<RequestId, Lease> leases = new HashMap<>();
        long day;
        long spentNanos;
        long overBudgetUntilMillis;

        void onDay(long today) {
            if (today > day) {
                day = today;
                spentNanos = 0;
            }
        }

        Leased lease(Account account, RequestId id, long mostNanos, long nowMillis) {
            int most = account.placement().maxConcurrency();
            long budgetNanos = account.placement().dailyBudget().nanos();
            if (leases.containsKey(id)) {
                return Leased.TAKEN;
            }
            int running = most > 0 || budgetNanos > 0 ? running(nowMillis) : 0;
            if (budgetNanos > 0 && spentNanos >= budgetNanos) {
                overBudgetUntilMillis = nowMillis + BUDGET_REMEMBERED_MILLIS;
                return Leased.SPENT;
            }
            if (budgetNanos > 0 && !leavesRoom(budgetNanos - spentNanos, mostNanos)) {
                return Leased.BUSY;
            }
            if (most > 0 && running >= most) {
                return Leased.BUSY;
            }
            leases.put(id, new Lease(nowMillis + LEASE_MILLIS, mostNanos));
            return Leased.TAKEN;
        }

        /** A call that can cost more than is left may have the rest to itself. */
        private boolean leavesRoom(long leftNanos, long mostNanos) {
            long heldNanos =
                    leases.values().stream().mapToLong(Lease::mostNanos).sum();
            return heldNanos == 0 || heldNanos <= leftNanos - mostNanos;
        }

        /** Counts an attempt's cost once: with its lease. */
        void release(RequestId id, Money upstreamCost) {
            if (leases.remove(id) != null) {
                spentNanos = Math.addExact(spentNanos, upstreamCost.nanos());
            }
        }

        void correct(long ofDay, long nanos, boolean mayLower) {
            if (ofDay == day && (mayLower || nanos > spentNanos)) {
                spentNanos = nanos;
            }
        }

        int running(long nowMillis) {
            leases.values().removeIf(lease -> lease.untilMillis <= nowMillis);
            return leases.size();
        }
    }
}
