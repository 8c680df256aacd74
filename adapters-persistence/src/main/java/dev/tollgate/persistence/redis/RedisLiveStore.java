package dev.tollgate.persistence.redis;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.CostLimit;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.relay.Reserve;
import dev.tollgate.application.usage.DatedTotals;
import dev.tollgate.application.usage.LiveTotals;
import dev.tollgate.application.usage.RecordedTotals;
import dev.tollgate.application.usage.ShardSnapshot;
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
import dev.tollgate.persistence.codec.WindowsText;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The live store on Redis 6.2 or Valkey, one process or a cluster; its generation is the life of Redis' processes. */
public final class RedisLiveStore implements LiveStore, LiveTotals {
    private final int waitingMax;
    private final Deadlines deadlines;
    private final Lives lives;
    private final Seeding seeding;
    private final RedisHolds holds;
    private final RedisStream stream;
    private final RedisTotals totals;
    private final RedisSlots slots;
    private final RedisSessions sessions;
    private final Unsettled unsettled = new Unsettled();
    /** Where this node's own calls are; what another node holds is found by its shard's leases. */
    private final Map<RequestId, Keys> shardOf = new ConcurrentHashMap<>();

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
        this.waitingMax = streamMax;
        this.deadlines = deadlines;
        this.lives = new Lives(redis, clock, deadlines, shards);
        this.seeding = new Seeding(lives, ledger, deadlines);
        this.holds = new RedisHolds(lives, seeding, deadlines);
        this.stream = new RedisStream(lives, deadlines);
        this.totals = new RedisTotals(lives, clock, deadlines);
        this.slots = new RedisSlots(lives, clock, deadlines);
        this.sessions = new RedisSessions(redis.commands(), clock);
        lives.renew();
    }

    /**
     * Once a second: notices a new life of the data, settles what Redis did not answer to, and counts what runs on every
     * account.
     */
    public void refresh() {
        if (lives.isOver()) {
            lives.renew();
        }
        unsettled.again(settlement -> holds.settle(keys(settlement), settlement, deadlines.background()));
        slots.refresh();
    }

    @Override
    public Reservation reserve(Reserve reserve) {
        Keys keys = shard(reserve.userId());
        try {
            CompletionStage<@Nullable AccountId> boundTo = sessions.account(reserve.sessions());
            Reply reply = reserve(keys, reserve);
            Reservation answer = ReserveReply.read(reserve, reply, Waiting.on(boundTo, deadlines.reserve()));
            if (answer instanceof Reservation.Held) {
                shardOf.put(reserve.id(), keys);
            }
            return answer;
        } catch (StoreUnavailable unavailable) {
            return new Reservation.Unavailable();
        }
    }

    private Reply reserve(Keys keys, Reserve reserve) {
        Set<Subject> subjects = ReserveText.subjects(reserve);
        List<String> all = new ArrayList<>(List.of(keys.shard(), keys.open(), keys.lease(), keys.mark(reserve.id())));
        subjects.forEach(subject -> all.add(keys.subject(subject)));
        List<byte[]> arguments = List.of(
                Scripts.bytes(reserve.id().text()),
                Scripts.bytes(Seeding.names(subjects)),
                Scripts.bytes(ReserveText.of(reserve, waitingMax, RedisHolds.LEASE_MILLIS)));
        return seeding.trusted(keys, subjects, () -> lives.resent(Script.RESERVE, all, arguments));
    }

    @Override
    public boolean sent(Ticket ticket) {
        return holds.sent(shard(ticket.caller().userId()), ticket);
    }

    /** Both are asked before either is waited for; they are in different parts of a cluster. */
    @Override
    public boolean start(Account account, Ticket ticket) {
        Keys keys = shard(ticket.caller().userId());
        CompletionStage<Reply> slot = slots.leasing(account, ticket.id());
        CompletionStage<Reply> mark = holds.sending(keys, ticket);
        boolean isStarted = false;
        boolean isLeased = false;
        try {
            isLeased = slots.leased(account, ticket.id(), Waiting.on(slot, deadlines.call()));
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
        return isStarted;
    }

    @Override
    public void unsend(UserId user, RequestId id) {
        holds.unsend(shard(user), id);
    }

    @Override
    public void cancel(RequestId id) {
        Keys keys = shardOf.get(id);
        if (keys != null) {
            holds.cancel(keys, id);
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
    public boolean reopen(Ticket ticket) {
        Keys keys = shard(ticket.caller().userId());
        boolean open = holds.reopen(keys, ticket);
        if (open) {
            shardOf.put(ticket.id(), keys);
        }
        return open;
    }

    @Override
    public List<Lost> sweep(int shard, Set<RequestId> alive) {
        Set<RequestId> ours = new HashSet<>(alive);
        ours.addAll(unsettled.ids());
        return holds.sweep(lives.shards().get(shard), ours);
    }

    @Override
    public void settle(Settlement settlement) {
        shardOf.remove(settlement.id());
        unsettled.attempt(settlement, once -> holds.settle(keys(once), once, deadlines.settle()));
    }

    private Keys keys(Settlement settlement) {
        return shard(settlement.ticket().caller().userId());
    }

    @Override
    public Map<WindowKey, Spent> spent(UserId user, Subject subject) {
        Keys keys = shard(user);
        List<String> both = List.of(keys.shard(), keys.subject(subject));
        Reply reply = seeding.trusted(
                keys, Set.of(subject), () -> lives.run(Script.SPENT, both, List.of(), deadlines.background()));
        return RedisStream.counters(reply.list(1).fields()).entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, window -> window.getValue().spent()));
    }

    @Override
    public void limit(UserId user, CostLimit limit) {
        Keys keys = shard(user);
        lives.tell(
                Script.LIMIT,
                List.of(keys.shard(), keys.subject(limit.subject())),
                List.of(
                        Scripts.bytes(WindowsText.named(limit.window().kind())),
                        Scripts.bytes(ReserveText.versioned(limit))),
                deadlines.background());
    }

    @Override
    public boolean leaseSlot(Account account, RequestId id) {
        return slots.lease(account, id);
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
    public void spentUpstream(LocalDate day, Map<AccountId, Money> spent) {
        slots.spent(day, spent);
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
    public List<Pending> pending(int shard, int max) {
        return stream.pending(lives.shards().get(shard), max);
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
    public ShardSnapshot snapshot(int shard) {
        return stream.snapshot(lives.shards().get(shard));
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
    public TotalsSnapshot totals(int shard, Set<LocalDate> days) {
        return totals.totals(shard, days);
    }

    private Keys shard(UserId user) {
        return lives.shards().get(Math.floorMod(user.value(), lives.shards().size()));
    }
}
