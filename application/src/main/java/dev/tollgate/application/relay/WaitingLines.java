package dev.tollgate.application.relay;

import dev.tollgate.domain.account.AccountId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The calls of this node that wait for a slot: one line an account, who came first is first. */
final class WaitingLines {
    /** Calls that may wait for one account at once; one more is not taken into its line. */
    static final int WAITERS_MAX = 100;

    private final Map<AccountId, ArrayDeque<Waiter>> lines = new HashMap<>();

    /** A call in one or more lines. */
    static final class Waiter {
        private final Semaphore news = new Semaphore(0);

        /** Waits until it may be this one's turn, or for so long. */
        void await(long nanos) throws InterruptedException {
            if (news.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                int unused = news.drainPermits();
            }
        }
    }

    /** Joins the line of each of the accounts that has room in it; null if none has. */
    synchronized @Nullable Waiter join(Set<AccountId> accounts) {
        Waiter waiter = new Waiter();
        boolean isWaiting = false;
        for (AccountId account : accounts) {
            ArrayDeque<Waiter> line = lines.computeIfAbsent(account, absent -> new ArrayDeque<>());
            if (line.size() < WAITERS_MAX) {
                line.addLast(waiter);
                isWaiting = true;
            }
        }
        return isWaiting ? waiter : null;
    }

    /** The accounts somebody waits for; whoever comes now is behind them. */
    synchronized Set<AccountId> waitedFor() {
        return lines.isEmpty() ? Set.of() : new HashSet<>(lines.keySet());
    }

    /** The accounts in whose line it is this one's turn. */
    synchronized Set<AccountId> turns(Waiter waiter) {
        Set<AccountId> turns = new HashSet<>();
        lines.forEach((account, line) -> {
            if (line.peekFirst() == waiter) {
                turns.add(account);
            }
        });
        return turns;
    }

    synchronized boolean isWaiting(Waiter waiter) {
        return lines.values().stream().anyMatch(line -> line.contains(waiter));
    }

    /** Leaves every line; whoever is first then is told. */
    synchronized void leave(Waiter waiter) {
        for (AccountId account : Set.copyOf(lines.keySet())) {
            leave(waiter, account);
        }
    }

    synchronized void leave(Waiter waiter, AccountId account) {
        ArrayDeque<Waiter> line = lines.get(account);
        if (line != null && line.remove(waiter)) {
            if (line.isEmpty()) {
                lines.remove(account);
            } else {
                freed(account);
            }
        }
    }

    /** A slot came free: the first in the account's line is told. */
    synchronized void freed(AccountId account) {
        ArrayDeque<Waiter> line = lines.get(account);
        if (line != null) {
            line.getFirst().news.release();
        }
    }
}
