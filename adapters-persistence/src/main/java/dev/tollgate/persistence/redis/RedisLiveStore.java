package dev.tollgate.persistence.redis;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.CostLimit;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.Pace;
import dev.tollgate.application.relay.Raised;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The live store on Redis 6.2 or Valkey, one process or a cluster; its generation is the life of Redis' processes. */
public final class RedisLiveStore implements LiveStore, LiveTotals {
    private final RedisConnection redis;
    private final Deadlines deadlines;
    private final Lives lives;
    private final RedisAdmission admission;
    private final RedisCounters counters;
    private final RedisHolds holds;
    private final RedisStream stream;
    private final RedisTotals totals;
    private final RedisSubjects subjects;
    private final RedisSlots slots;
    private final RedisSessions sessions;
    private final Unsettled unsettled = new Unsettled();
    private final Contact contact = new Contact(System::nanoTime);
    /** Where this node's own calls are; what another node holds is found by its shard's leases. */
    private final Map<RequestId, Keys> shardOf = new ConcurrentHashMap<>();
    /** The life of the data in which Redis was told last whose it is. */
    private volatile String claimedIn = "";

    /**
     * @param streamMax settled calls a shard keeps for SQL before it admits no more
     * @throws StoreUnavailable if Redis does not answer
     */
    public RedisLiveStore(RedisConnection redis, UsageLedger ledger, InstantSource clock, int shards, int streamMax) {
        this(redis, ledger, StoreClock.ofRedis(clock), Deadlines.USUAL, shards, streamMax);
    }

    RedisLiveStore(
            RedisConnection redis,
            UsageLedger ledger,
            StoreClock clock,
            Deadlines deadlines,
            int shards,
            int streamMax) {
        this.redis = redis;
        this.deadlines = deadlines;
        this.lives = new Lives(redis, clock, deadlines, shards);
        Seeding seeding = new Seeding(lives, ledger, deadlines);
        this.holds = new RedisHolds(lives, seeding, deadlines);
        this.stream = new RedisStream(lives, deadlines);
        this.totals = new RedisTotals(lives, clock, deadlines);
        this.subjects = new RedisSubjects(lives, deadlines);
        this.slots = new RedisSlots(lives, clock, deadlines);
        this.sessions = new RedisSessions(redis, clock);
        this.admission = new RedisAdmission(lives, seeding, sessions, holds, deadlines, streamMax);
        this.counters = new RedisCounters(lives, seeding, deadlines);
        keepInTouch();
    }

    /**
     * Once a second: notices a new life of the data, settles what Redis did not answer to, lets go what was given up, and
     * counts what runs on every account.
     */
    public void refresh() {
        keepInTouch();
        unsettled.again(lives.name(), this::settleAgain);
        admission.dropGivenUp();
        slots.refresh();
    }

    private void keepInTouch() {
        try {
            redis.renewIfSilent();
            lives.renew();
            if (!lives.name().equals(claimedIn)) {
                redis.claimAgain();
                claimedIn = lives.name();
            }
            if (lives.isWritable()) {
                contact.kept(lives.name());
            } else {
                contact.broken(); // it renews no lease
            }
        } catch (StoreUnavailable e) {
            contact.broken();
            throw e;
        }
    }

    @Override
    public Reservation reserve(Reserve reserve) {
        Keys keys = lives.shard(reserve.userId());
        Reservation answer = admission.reserve(keys, reserve);
        if (answer instanceof Reservation.Held) {
            shardOf.put(reserve.id(), keys);
        }
        return answer;
    }

    @Override
    public Reservation weigh(Reserve reserve) {
        return admission.weigh(lives.shard(reserve.userId()), reserve);
    }

    @Override
    public boolean sent(Ticket ticket) {
        return holds.sent(lives.shard(ticket.caller().userId()), ticket);
    }

    /** Both are asked before either is waited for; they are in different parts of a cluster. */
    @Override
    public Leased start(Account account, Ticket ticket, Money upstreamMost) {
        Keys keys = lives.shard(ticket.caller().userId());
        CompletionStage<Reply> slot = slots.leasing(account, ticket.id(), upstreamMost);
        CompletionStage<Reply> mark = holds.sending(keys, ticket);
        boolean isStarted = false;
        boolean isLeased = true; // for all that is known before the answer
        Leased leased;
        try {
            leased = slots.leased(account, ticket.id(), Waiting.on(slot, deadlines.call()));
            isLeased = leased == Leased.TAKEN;
            Reply marked = Waiting.on(mark, deadlines.call());
            boolean isMarked = marked.word().equals("generation") ? isLeased && sent(ticket) : marked.isYes();
            isStarted = isLeased && isMarked;
        } finally {
            if (!isStarted) {
                holds.unsend(keys, ticket.id());
                if (isLeased) {
                    slots.release(account.id(), ticket.id(), Money.ZERO);
                }
            }
        }
        return isLeased && !isStarted ? Leased.BUSY : leased;
    }

    @Override
    public void unsend(UserId user, RequestId id) {
        holds.unsend(lives.shard(user), id);
    }

    @Override
    public void cancel(RequestId id) {
        Keys keys = shardOf.get(id);
        if (keys == null) {
            return;
        }
        boolean isOver = true; // where Redis does not answer, with its lease
        try {
            isOver = holds.cancel(keys, id);
        } finally {
            if (isOver) {
                shardOf.remove(id);
            }
        }
    }

    @Override
    public Set<RequestId> heartbeat(List<Progress> running) {
        Set<RequestId> lost = new HashSet<>();
        Map<Keys, List<Progress>> byShard = new HashMap<>();
        for (Progress progress : running) {
            Keys keys = shardOf.get(progress.id());
            if (keys == null) {
                lost.add(progress.id());
            } else {
                byShard.computeIfAbsent(keys, absent -> new ArrayList<>()).add(progress);
            }
        }
        byShard.forEach((keys, calls) -> lost.addAll(holds.heartbeat(keys, calls)));
        slots.renew(running.stream().map(Progress::id).toList());
        return lost;
    }

    @Override
    public Raised raise(Ticket ticket, Money amount, List<CostLimit> limits) {
        return holds.raise(lives.shard(ticket.caller().userId()), ticket, amount, limits);
    }

    @Override
    public boolean reopen(Ticket ticket, Money amount) {
        Keys keys = lives.shard(ticket.caller().userId());
        boolean open = holds.reopen(keys, ticket, amount);
        if (open) {
            shardOf.put(ticket.id(), keys);
        }
        return open;
    }

    @Override
    public List<Lost> sweep(int shard, Set<RequestId> alive) {
        if (!contact.hasLasted(deadlines.contact())) {
            return List.of();
        }
        Set<RequestId> ours = new HashSet<>(alive);
        ours.addAll(unsettled.ids());
        return holds.sweep(lives.shards().get(shard), ours);
    }

    @Override
    public void settle(Settlement settlement) {
        shardOf.remove(settlement.id());
        unsettled.attempt(settlement, lives.name(), once -> holds.settle(keys(once), once, deadlines.settle()));
    }

    /** Where Redis does not answer, the next sweep finds it again. */
    @Override
    public boolean orphan(Settlement settlement) {
        boolean isOver = holds.orphan(keys(settlement), settlement, deadlines.background());
        if (isOver) {
            shardOf.remove(settlement.id());
        }
        return isOver;
    }

    @Override
    public void settleAgain(Settlement settlement) {
        holds.settle(keys(settlement), settlement, deadlines.background());
    }

    private Keys keys(Settlement settlement) {
        return lives.shard(settlement.ticket().caller().userId());
    }

    @Override
    public Map<WindowKey, Spent> spent(UserId user, Subject subject) {
        return counters.spent(lives.shard(user), subject);
    }

    @Override
    public Pace pace(UserId user, Subject subject) {
        return counters.pace(lives.shard(user), subject);
    }

    @Override
    public Map<Subject, Counted> counted(Map<Subject, UserId> subjects) {
        Map<Keys, Set<Subject>> byShard = new HashMap<>();
        subjects.forEach((subject, user) -> byShard.computeIfAbsent(lives.shard(user), absent -> new HashSet<>())
                .add(subject));
        return counters.counted(byShard);
    }

    @Override
    public void limit(UserId user, CostLimit limit) {
        counters.limit(lives.shard(user), limit);
    }

    @Override
    public Leased leaseSlot(Account account, RequestId id, Money upstreamMost) {
        return slots.lease(account, id, upstreamMost);
    }

    @Override
    public void releaseSlot(AccountId account, RequestId id, Money upstreamCost) {
        slots.release(account, id, upstreamCost);
    }

    @Override
    public Map<AccountId, Integer> inFlight() {
        return slots.inFlight();
    }

    @Override
    public Set<AccountId> overBudget() {
        return slots.overBudget();
    }

    @Override
    public void spentUpstream(LocalDate day, Map<AccountId, Money> spent, boolean mayLower) {
        slots.spent(day, spent, mayLower);
    }

    @Override
    public void bindSession(String digest, AccountId account) {
        sessions.bind(digest, account);
    }

    @Override
    public int shards() {
        return lives.shards().size();
    }

    @Override
    public String generation() {
        return lives.generation();
    }

    @Override
    public String life() {
        return lives.name() + "+" + unsettled.left();
    }

    @Override
    public Set<RequestId> held(int shard) {
        return holds.held(lives.shards().get(shard));
    }

    @Override
    public void release(int shard, RequestId id) {
        holds.letGo(lives.shards().get(shard), id);
        shardOf.remove(id);
    }

    @Override
    public List<Pending> pending(int shard, int max) {
        return stream.pending(lives.shards().get(shard), max);
    }

    @Override
    public boolean has(int shard, StreamId entry) {
        return stream.has(lives.shards().get(shard), entry);
    }

    @Override
    public void drained(int shard, List<Pending> committed) {
        stream.drained(lives.shards().get(shard), committed);
    }

    @Override
    public long backlog() {
        return stream.backlog();
    }

    @Override
    public long openHolds() {
        return stream.openHolds();
    }

    @Override
    public Set<Subject> subjects(int shard) {
        return subjects.known(lives.shards().get(shard));
    }

    @Override
    public ShardSnapshot snapshot(int shard, Set<Subject> of) {
        return stream.snapshot(lives.shards().get(shard), of);
    }

    @Override
    public void correct(int shard, List<Correction> corrections) {
        subjects.correct(lives.shards().get(shard), corrections);
    }

    @Override
    public Map<Totalled, DatedTotals> totals(Collection<? extends Totalled> wanted, Set<LocalDate> days) {
        return totals.totals(wanted, days);
    }

    @Override
    public Set<Totalled> cold(int shard, int max) {
        return totals.cold(shard, max);
    }

    @Override
    public boolean warm(int shard, RecordedTotals.Seed seed) {
        return totals.warm(shard, seed);
    }

    @Override
    public Set<Totalled> known(int shard) {
        return totals.known(shard);
    }

    @Override
    public TotalsSnapshot totals(int shard, Collection<Totalled> wanted, Set<LocalDate> days) {
        return totals.totals(shard, wanted, days);
    }

    @Override
    public void forget(int shard, Collection<Totalled> wrong) {
        totals.forget(shard, wrong);
    }
}
