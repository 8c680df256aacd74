package dev.tollgate.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.CostLimit;
import dev.tollgate.application.relay.PayerTerms;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.relay.Reserve;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.CloseCallsService;
import dev.tollgate.application.usage.DrainUsageService;
import dev.tollgate.application.usage.InMemoryRecordedTotals;
import dev.tollgate.application.usage.InMemoryUsageJournal;
import dev.tollgate.application.usage.InMemoryUsageLedger;
import dev.tollgate.application.usage.MendCountersService;
import dev.tollgate.application.usage.OnePrice;
import dev.tollgate.application.usage.Orphans;
import dev.tollgate.application.usage.ReplayUsageService;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** What a gateway does with Redis, one step at a time: a store, a journal, a drainer and a replay. */
final class TestNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    final RedisLiveStore store;
    final InMemoryUsageJournal journal = new InMemoryUsageJournal();
    private final RedisConnection redis;
    private final DrainUsageService drain;
    private final ReplayUsageService replay;
    private final CloseCallsService close;
    private final Map<RequestId, Ticket> running = new HashMap<>();

    TestNode(String uri, InMemoryUsageLedger ledger, Deadlines deadlines) {
        this.redis = RedisConnection.open(uri);
        this.store =
                new RedisLiveStore(redis, ledger, StoreClock.ofRedis(InstantSource.system()), deadlines, 16, 100_000);
        this.drain = new DrainUsageService(
                store,
                ledger,
                journal,
                new MendCountersService(
                        store, ledger, store, new InMemoryRecordedTotals(ledger), InstantSource.system()),
                () -> true);
        this.replay = new ReplayUsageService(journal, ledger, store, new Orphans(new OnePrice()));
        this.close = new CloseCallsService(journal, ledger);
        assertThat(replay.replay()).isZero();
    }

    static Reserve call(RequestId id, long limit, long most) {
        PayerTerms payer = new PayerTerms(
                new Payer.OfPackage(new UserPackageId(Calls.PACKAGE.id())),
                SpendMode.STRICT,
                Money.ofNanos(most),
                Money.ofNanos(most),
                List.of(new CostLimit(Calls.PACKAGE, Window.TOTAL, Money.ofNanos(limit), 1)),
                Calls.packageWindows());
        return new Reserve(
                id, Calls.USER, Calls.KEY, List.of(payer), List.of(), List.of(), 0, Calls.ownWindows(), List.of());
    }

    /** Lets a call in and sends it; another one in its place where a busy machine missed the deadline. */
    Ticket open(long held) {
        long begun = System.nanoTime();
        Ticket ticket = Calls.ticket(Calls.id(Instant.now()), Money.ofNanos(held));
        Reservation answer = reserve(ticket);
        while (answer instanceof Reservation.Unavailable && System.nanoTime() - begun < PATIENCE.toNanos()) {
            awaitRefresh(); // lets go what came late
            ticket = Calls.ticket(Calls.id(Instant.now()), Money.ofNanos(held));
            answer = reserve(ticket);
        }
        assertThat(answer).isInstanceOf(Reservation.Held.class);
        journal.sent(ticket);
        assertThat(store.sent(ticket)).isTrue();
        running.put(ticket.id(), ticket);
        return ticket;
    }

    private Reservation reserve(Ticket ticket) {
        return store.reserve(
                call(ticket.id(), Long.MAX_VALUE / 4_000, ticket.hold().amount().nanos()));
    }

    /** The journal first; what Redis does not take then, it takes later. */
    Settlement settle(Ticket ticket, long tokens) {
        Settlement settlement = Calls.settled(ticket, tokens);
        running.remove(ticket.id());
        journal.settled(settlement);
        try {
            store.settle(settlement);
        } catch (StoreUnavailable away) {
            return settlement;
        }
        return settlement;
    }

    int drain() {
        return drain.drain();
    }

    int closeRecorded() {
        return close.close();
    }

    /** What the gateway's loops do: notice, take holds again, replay. @return how many were settled again */
    int notice() {
        awaitRefresh();
        if (!replay.isDue()) {
            return 0;
        }
        List<Ticket> open = List.copyOf(running.values());
        for (RequestId lost : store.heartbeat(
                open.stream().map(ticket -> Calls.progress(ticket, 1)).toList())) {
            Ticket ticket = running.get(lost);
            assertThat(store.reopen(ticket, ticket.hold().amount()))
                    .as("%s", lost)
                    .isTrue();
        }
        return replay.replay();
    }

    void awaitRefresh() {
        long begun = System.nanoTime();
        while (!isRefreshed()) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new AssertionError("Redis does not come back");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean isRefreshed() {
        try {
            store.refresh();
            return true;
        } catch (StoreUnavailable away) {
            return false;
        }
    }

    RedisConnection redis() {
        return redis;
    }

    @Override
    public void close() {
        redis.close();
    }
}
