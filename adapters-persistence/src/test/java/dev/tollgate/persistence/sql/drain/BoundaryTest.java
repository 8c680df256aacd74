package dev.tollgate.persistence.sql.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.DrainUsage;
import dev.tollgate.application.usage.DrainUsageService;
import dev.tollgate.application.usage.InMemoryUsageJournal;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.application.usage.UsageLedger.Seed;
import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowCalendar;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.persistence.redis.RedisConnection;
import dev.tollgate.persistence.redis.RedisLiveStore;
import dev.tollgate.persistence.server.RedisServers;
import dev.tollgate.persistence.sql.TestDatabase;
import dev.tollgate.persistence.sql.usage.UsageTables;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Calls admitted either side of the end of a day, a week and a month, settled by 64 threads at two nodes while both
 * drain: no window loses an increment or gets another's. {@code tollgate.boundary.rounds} says how often.
 */
class BoundaryTest {
    private static final int ROUNDS = Integer.getInteger("tollgate.boundary.rounds", 3);
    private static final int THREADS = 64;
    private static final int CALLS_EACH = 4;
    private static final int SHARDS = 16;
    private static final int SHARD = 7;
    private static final int STREAM_MAX = 100_000;

    /** A Monday that begins a month. */
    private static final Instant MIDNIGHT = Instant.parse("2027-02-01T00:00:00Z");

    private static final RedisServers REDIS = RedisServers.single();
    private static final TestDatabase DATABASE = TestDatabase.start();
    private static final UsageLedger LEDGER = DATABASE.bean(UsageLedger.class);

    private final Map<WindowKey, Used> expected = new HashMap<>();

    @AfterAll
    static void stop() {
        DATABASE.close();
        REDIS.close();
    }

    @AfterEach
    void empty() {
        UsageTables.empty(DATABASE);
    }

    @Test
    void keeps_every_window_exact() throws Exception {
        try (RedisConnection one = RedisConnection.open(REDIS.uri());
                RedisConnection other = RedisConnection.open(REDIS.uri());
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<RedisLiveStore> nodes = List.of(node(one), node(other));
            assertThat(nodes.getFirst().spent(Calls.USER, Calls.PACKAGE)).isEmpty();
            for (int round = 0; round < ROUNDS; round++) {
                for (Future<Boolean> done : threads.invokeAll(calls(nodes))) {
                    assertThat(done.get()).isTrue();
                }
                nodes.forEach(BusyRedis::refresh);
                drainAll(nodes.getFirst());
                assertExact(nodes.getFirst());
            }
        }
    }

    private static RedisLiveStore node(RedisConnection redis) {
        return new RedisLiveStore(redis, LEDGER, InstantSource.system(), SHARDS, STREAM_MAX);
    }

    private List<Callable<Boolean>> calls(List<RedisLiveStore> nodes) {
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            LiveStore node = nodes.get(thread % nodes.size());
            List<Settlement> settled = new ArrayList<>();
            for (int call = 0; call < CALLS_EACH; call++) {
                settled.add(settled(MIDNIGHT.plusMillis(call % 2 == 0 ? -1 - thread % 8 : thread % 8), 1L + thread));
            }
            boolean isDraining = thread < nodes.size();
            calls.add(() -> {
                settled.forEach(settlement -> BusyRedis.settle(node, settlement));
                return !isDraining || drainer(node).drain() >= 0;
            });
        }
        return calls;
    }

    private Settlement settled(Instant at, long nanos) {
        WindowCalendar calendar = WindowCalendar.of(ZoneOffset.UTC);
        List<WindowKey> windows = List.of(
                calendar.window(WindowKind.DAY, at).key(),
                calendar.window(WindowKind.WEEK, at).key(),
                calendar.window(WindowKind.MONTH, at).key(),
                Window.TOTAL.key());
        windows.forEach(window -> expected.merge(window, new Used(1, Money.ofNanos(nanos)), Used::plus));
        RequestId id = Calls.id(at);
        Ticket ticket = Calls.ticket(id, Money.ZERO);
        return Calls.settled(
                new Ticket(
                        id,
                        ticket.caller(),
                        ticket.asked(),
                        ticket.hold(),
                        List.of(new SubjectWindows(Calls.PACKAGE, windows)),
                        null),
                nanos);
    }

    private static DrainUsage drainer(LiveStore node) {
        return new DrainUsageService(node, LEDGER, new InMemoryUsageJournal(), (shard, calls) -> {}, () -> true);
    }

    private static void drainAll(LiveStore node) {
        DrainUsage drainer = drainer(node);
        while (node.backlog() > 0) {
            assertThat(drainer.drain()).isNotNegative();
        }
    }

    private void assertExact(LiveStore node) {
        Seed recorded = LEDGER.seed(SHARD, List.of(Calls.PACKAGE), seed -> seed);
        assertThat(recorded.used().get(Calls.PACKAGE)).isEqualTo(expected);
        Map<WindowKey, Spent> live = node.spent(Calls.USER, Calls.PACKAGE);
        expected.forEach((window, used) -> assertThat(live.get(window)).isEqualTo(new Spent(used.cost(), Money.ZERO)));
    }
}
