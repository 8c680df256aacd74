package dev.tollgate.application.relay;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Load;
import dev.tollgate.domain.account.Roster;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Picks an account and takes one of its slots; when every slot is taken, waits a little for one to come free: first come
 * first served on this node, at most {@value WaitingLines#WAITERS_MAX} calls for one account.
 */
public final class SlotQueue {
    /** Slots freed on another node make no noise here, so whoever is first looks for itself this often. */
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final SlotLeases leases;
    private final RelaySettings settings;
    private final InstantSource clock;
    private final WaitingLines lines = new WaitingLines();

    public SlotQueue(
            AccountPool pool, LiveStore liveStore, Outage outage, RelaySettings settings, InstantSource clock) {
        this.leases = new SlotLeases(pool, liveStore, outage);
        this.settings = settings;
        this.clock = clock;
    }

    /** What came of asking for a slot. */
    sealed interface Slot {
        record Taken(Account account) implements Slot {}

        /** None came free in time, or too many wait already. */
        record Busy() implements Slot {}

        /** What is left of the day's budget of each account that is open is too little. */
        record Spent() implements Slot {}

        /** No account is open now. */
        record Closed() implements Slot {}
    }

    /**
     * Marks the call's hold as sent along with its first slot.
     *
     * @param isGone whether the caller has left: then there is nothing to wait for
     */
    Slot take(OutgoingCall call, Candidates candidates, Set<AccountId> tried, BooleanSupplier isGone) {
        SlotSearch search = new SlotSearch(leases, call, candidates.roster(), tried, clock);
        Account free = search.takeFree(lines.waitedFor());
        if (free != null) {
            return new Slot.Taken(free);
        }
        Set<AccountId> busy = search.busy();
        if (busy.isEmpty()) {
            return search.isAnyOpen() ? new Slot.Spent() : new Slot.Closed();
        }
        Account freed = await(search, busy, isGone);
        if (freed != null) {
            return new Slot.Taken(freed);
        }
        return search.busy().isEmpty() ? new Slot.Spent() : new Slot.Busy();
    }

    /** What {@link #take} would come to if nobody waited: with the account it would ask first, of which nothing is taken. */
    Slot look(Candidates candidates, @Nullable AccountId boundTo) {
        Instant now = clock.instant();
        Load load = leases.load();
        Roster roster = candidates.roster();
        Optional<Account> next = roster.pick(now, load, Set.of(), boundTo);
        if (next.isPresent()) {
            return new Slot.Taken(next.get());
        }
        List<Account> open = roster.accounts().stream()
                .filter(account -> account.isOpen(now))
                .toList();
        if (open.isEmpty()) {
            return new Slot.Closed();
        }
        return open.stream().anyMatch(load::withinBudget) ? new Slot.Busy() : new Slot.Spent();
    }

    void release(AccountId account, RequestId id, Money upstreamCost) {
        leases.release(account, id, upstreamCost);
        lines.freed(account);
    }

    private @Nullable Account await(SlotSearch search, Set<AccountId> busy, BooleanSupplier isGone) {
        if (!settings.slotWait().isPositive()) {
            return isGone.getAsBoolean() ? null : lookOnce(search, busy);
        }
        long end = System.nanoTime() + settings.slotWait().toNanos();
        WaitingLines.@Nullable Waiter waiter = isGone.getAsBoolean() ? null : lines.join(busy);
        if (waiter == null) {
            return null;
        }
        try {
            return await(search, waiter, end, isGone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lines.leave(waiter);
        }
    }

    /** Whoever does not wait asks the store all the same: a slot may have come free on another node since. */
    private @Nullable Account lookOnce(SlotSearch search, Set<AccountId> busy) {
        Set<AccountId> unawaited = new HashSet<>(busy);
        unawaited.removeAll(lines.waitedFor());
        return search.takeAmong(unawaited);
    }

    private @Nullable Account await(SlotSearch search, WaitingLines.Waiter waiter, long end, BooleanSupplier isGone)
            throws InterruptedException {
        while (!isGone.getAsBoolean()) {
            Account taken = search.takeAmong(lines.turns(waiter));
            if (taken != null) {
                return taken;
            }
            search.spent().forEach(account -> lines.leave(waiter, account));
            long left = end - System.nanoTime();
            if (left <= 0 || !lines.isWaiting(waiter)) {
                return null;
            }
            waiter.await(Math.min(left, LOOK_AGAIN_NANOS));
        }
        return null;
    }
}
