package dev.tollgate.persistence.embedded;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.CostLimit;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.Pace;
import dev.tollgate.application.relay.PayerTerms;
import dev.tollgate.application.relay.Raised;
import dev.tollgate.application.relay.RateLimits;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.relay.Reserve;
import dev.tollgate.application.usage.DatedTotals;
import dev.tollgate.application.usage.LiveTotals;
import dev.tollgate.application.usage.RecordedTotals;
import dev.tollgate.application.usage.ShardSnapshot;
import dev.tollgate.application.usage.StreamId;
import dev.tollgate.application.usage.Totalled;
import dev.tollgate.application.usage.TotalsSnapshot;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.domain.relay.Ticket;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The live store in the process's own memory: its generation is the process's life, what it loses with that the journal
 * has. Each shard has one lock, which no call to SQL is made under.
 */
public final class EmbeddedLiveStore implements LiveStore, LiveTotals {
    private static final int SEEDS_MAX = 3;

    private final String generation = UUID.randomUUID().toString();
    private final UsageLedger ledger;
    private final InstantSource clock;
    private final AtomicLong latestMillis = new AtomicLong();
    private final List<Locked> shards = new ArrayList<>();
    private final Map<RequestId, Locked> shardOf = new ConcurrentHashMap<>();
    private final AccountSlots slots = new AccountSlots();
    private final Sessions sessions = new Sessions();

    /** @param streamMax settled calls a shard keeps for SQL before it admits no more */
    public EmbeddedLiveStore(UsageLedger ledger, InstantSource clock, int shards, int streamMax) {
        this.ledger = ledger;
        this.clock = clock;
        for (int shard = 0; shard < shards; shard++) {
            this.shards.add(new Locked(shard, new Shard(generation, streamMax)));
        }
    }

    @Override
    public Reservation reserve(Reserve reserve) {
        Locked shard = shard(reserve.userId());
        @Nullable AccountId boundTo = sessions.account(reserve.sessions(), now());
        try {
            Reservation answer = seeded(shard, subjects(reserve), state -> {
                Reservation given = state.reserve(reserve, boundTo, now());
                state.tidy(now()); // not before: it may forget counters that were just found to be seeded
                return given;
            });
            if (answer instanceof Reservation.Held) {
                shardOf.put(reserve.id(), shard);
            }
            return answer;
        } catch (StoreUnavailable unavailable) {
            return new Reservation.Closed(); // the database has to be asked first, and is away
        }
    }

    @Override
    public Reservation weigh(Reserve reserve) {
        @Nullable AccountId boundTo = sessions.account(reserve.sessions(), now());
        return seeded(shard(reserve.userId()), subjects(reserve), state -> state.weigh(reserve, boundTo, now()));
    }

    private static Collection<Subject> subjects(Reserve reserve) {
        Set<Subject> subjects = new HashSet<>();
        for (SubjectWindows windows : reserve.windows()) {
            subjects.add(windows.subject());
        }
        for (PayerTerms payer : reserve.payers()) {
            SubjectWindows windows = payer.windows();
            if (windows != null) {
                subjects.add(windows.subject());
            }
        }
        for (RateLimits limits : reserve.rates()) {
            subjects.add(limits.subject());
        }
        return subjects;
    }

    /** Runs a step once every subject's counters can be trusted. The order of locks is SQL's shard row, then ours. */
    private <T> T seeded(Locked shard, Collection<Subject> subjects, Function<Shard, T> step) {
        for (int seeds = 0; seeds < SEEDS_MAX; seeds++) {
            List<Subject> cold = new ArrayList<>();
            T done = shard.with(state -> {
                cold.addAll(state.unseeded(subjects));
                return cold.isEmpty() ? step.apply(state) : null;
            });
            if (done != null) {
                return done;
            }
            boolean unused = ledger.seed(
                    shard.number,
                    cold,
                    seed -> shard.with(state -> {
                        state.seed(cold, seed, now());
                        return true;
                    }));
        }
        throw new StoreUnavailable("counters are forgotten as fast as they are seeded", new TimeoutException());
    }

    @Override
    public boolean sent(Ticket ticket) {
        return shard(ticket.caller().userId()).with(state -> state.sent(ticket, now()));
    }

    @Override
    public void unsend(UserId user, RequestId id) {
        shard(user).run(state -> state.unsend(id));
    }

    @Override
    public void cancel(RequestId id) {
        Locked shard = shardOf.get(id);
        if (shard != null) {
            shard.run(state -> state.cancel(id, now()));
            forgetClosed(shard, id);
        }
    }

    private void forgetClosed(Locked shard, RequestId id) {
        if (!shard.with(state -> state.isOpen(id))) {
            shardOf.remove(id);
        }
    }

    @Override
    public Set<RequestId> heartbeat(List<Progress> running) {
        Set<RequestId> lost = new HashSet<>();
        Set<RequestId> ids = new HashSet<>();
        for (Progress progress : running) {
            ids.add(progress.id());
            Locked shard = shardOf.get(progress.id());
            if (shard == null || !shard.with(state -> state.heartbeat(progress, now()))) {
                lost.add(progress.id());
            }
        }
        slots.renew(ids, now());
        return lost;
    }

    @Override
    public Raised raise(Ticket ticket, Money amount, List<CostLimit> limits) {
        return seeded(shard(ticket.caller().userId()), subjects(ticket), state -> state.raise(ticket, amount, limits));
    }

    @Override
    public boolean reopen(Ticket ticket, Money amount) {
        Locked shard = shard(ticket.caller().userId());
        boolean open = seeded(shard, subjects(ticket), state -> state.reopen(ticket, amount, now()));
        if (open) {
            shardOf.put(ticket.id(), shard);
        }
        return open;
    }

    private static Set<Subject> subjects(Ticket ticket) {
        Set<Subject> subjects = new HashSet<>();
        ticket.windows().forEach(windows -> subjects.add(windows.subject()));
        return subjects;
    }

    @Override
    public List<Lost> sweep(int shard, Set<RequestId> alive) {
        Locked swept = shards.get(shard);
        List<Lost> lost = swept.with(state -> state.sweep(alive, now()));
        shardOf.entrySet()
                .removeIf(entry -> entry.getValue() == swept && !swept.with(state -> state.isOpen(entry.getKey())));
        return lost;
    }

    @Override
    public void settle(Settlement settlement) {
        shard(settlement.ticket().caller().userId()).run(state -> state.settle(settlement));
        shardOf.remove(settlement.id());
    }

    @Override
    public boolean orphan(Settlement settlement) {
        boolean isOver = shard(settlement.ticket().caller().userId()).with(state -> state.orphan(settlement, now()));
        if (isOver) {
            shardOf.remove(settlement.id());
        }
        return isOver;
    }

    @Override
    public Map<WindowKey, Spent> spent(UserId user, Subject subject) {
        return seeded(shard(user), Set.of(subject), state -> state.spent(subject));
    }

    @Override
    public Pace pace(UserId user, Subject subject) {
        return seeded(shard(user), Set.of(subject), state -> state.pace(subject, now()));
    }

    @Override
    public Map<Subject, Counted> counted(Map<Subject, UserId> subjects) {
        Map<Locked, Set<Subject>> byShard = new HashMap<>();
        subjects.forEach((subject, user) ->
                byShard.computeIfAbsent(shard(user), absent -> new HashSet<>()).add(subject));
        Map<Subject, Counted> counted = new HashMap<>();
        byShard.forEach((shard, there) -> counted.putAll(seeded(shard, there, state -> counted(state, there))));
        return counted;
    }

    private Map<Subject, Counted> counted(Shard shard, Set<Subject> subjects) {
        Map<Subject, Counted> counted = new HashMap<>();
        subjects.forEach(
                subject -> counted.put(subject, new Counted(shard.spent(subject), shard.pace(subject, now()))));
        return counted;
    }

    @Override
    public void limit(UserId user, CostLimit limit) {
        shard(user).run(state -> state.limit(limit));
    }

    @Override
    public Leased leaseSlot(Account account, RequestId id, Money upstreamMost) {
        return slots.lease(account, id, upstreamMost, now());
    }

    @Override
    public void releaseSlot(AccountId account, RequestId id, Money upstreamCost) {
        slots.release(account, id, upstreamCost, now());
    }

    @Override
    public Map<AccountId, Integer> inFlight() {
        return slots.inFlight(now());
    }

    @Override
    public Set<AccountId> overBudget() {
        return slots.overBudget(now());
    }

    @Override
    public void spentUpstream(LocalDate day, Map<AccountId, Money> spent, boolean mayLower) {
        spent.forEach((account, amount) -> slots.spent(day, account, amount, mayLower, now()));
    }

    @Override
    public void bindSession(String digest, AccountId account) {
        sessions.bind(digest, account, now());
    }

    @Override
    public int shards() {
        return shards.size();
    }

    @Override
    public String generation() {
        return generation;
    }

    /** What is lost is lost with the process, and so is all of it. */
    @Override
    public String life() {
        return generation;
    }

    @Override
    public void settleAgain(Settlement settlement) {
        settle(settlement);
    }

    @Override
    public Set<RequestId> held(int shard) {
        return shards.get(shard).with(Shard::held);
    }

    @Override
    public void release(int shard, RequestId id) {
        shards.get(shard).run(state -> state.release(id, now()));
        shardOf.remove(id);
    }

    @Override
    public List<Pending> pending(int shard, int max) {
        return shards.get(shard).with(state -> state.pending(max));
    }

    /** Entries are lost with the process only, and so is whoever could ask. */
    @Override
    public boolean has(int shard, StreamId entry) {
        return true;
    }

    @Override
    public void drained(int shard, List<Pending> committed) {
        StreamId last = committed.getLast().id();
        shards.get(shard).run(state -> state.drained(last, now()));
    }

    @Override
    public long backlog() {
        return shards.stream().mapToLong(shard -> shard.with(Shard::backlog)).sum();
    }

    @Override
    public long openHolds() {
        return shards.stream().mapToLong(shard -> shard.with(Shard::openHolds)).sum();
    }

    @Override
    public Set<Subject> subjects(int shard) {
        return shards.get(shard).with(Shard::seeded);
    }

    @Override
    public ShardSnapshot snapshot(int shard, Set<Subject> of) {
        return shards.get(shard).with(state -> state.snapshot(of));
    }

    @Override
    public void correct(int shard, List<Correction> corrections) {
        shards.get(shard).run(state -> state.correct(corrections));
    }

    @Override
    public Map<Totalled, DatedTotals> totals(Collection<? extends Totalled> wanted, Set<LocalDate> days) {
        return LiveTotals.joined(shards.stream()
                .map(shard -> shard.with(state -> state.totals().read(wanted, days)))
                .toList());
    }

    @Override
    public Set<Totalled> cold(int shard, int max) {
        return shards.get(shard).with(state -> state.totals().cold(max));
    }

    @Override
    public boolean warm(int shard, RecordedTotals.Seed seed) {
        shards.get(shard).run(state -> state.warm(seed));
        return true;
    }

    @Override
    public Set<Totalled> known(int shard) {
        return shards.get(shard).with(state -> state.totals().known());
    }

    @Override
    public TotalsSnapshot totals(int shard, Collection<Totalled> wanted, Set<LocalDate> days) {
        return shards.get(shard).with(state -> state.totals(wanted, days));
    }

    @Override
    public void forget(int shard, Collection<Totalled> wrong) {
        shards.get(shard).run(state -> state.totals().forget(wrong));
    }

    private Locked shard(UserId user) {
        return shards.get(Math.floorMod(user.value(), shards.size()));
    }

    /** Never goes back, whatever the machine's clock does. */
    private long now() {
        return latestMillis.accumulateAndGet(clock.millis(), Math::max);
    }

    /** A shard behind its lock. */
    private static final class Locked {
        final int number;
        private final Shard shard;
        private final ReentrantLock lock = new ReentrantLock();

        Locked(int number, Shard shard) {
            this.number = number;
            this.shard = shard;
        }

        <T extends @Nullable Object> T with(Function<Shard, T> step) {
            lock.lock();
            try {
                return step.apply(shard);
            } finally {
                lock.unlock();
            }
        }

        void run(Consumer<Shard> step) {
            lock.lock();
            try {
                step.accept(shard);
            } finally {
                lock.unlock();
            }
        }
    }
}
