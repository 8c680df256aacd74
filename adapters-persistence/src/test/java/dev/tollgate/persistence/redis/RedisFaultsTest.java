package dev.tollgate.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.InMemoryUsageLedger;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.persistence.server.RedisExecutable;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What calls meet while a real Redis cannot serve, and that all is as before once it can. */
@Timeout(120)
class RedisFaultsTest {
    private static final int WITH_LOADING_INTERVAL = 7;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HEALTHY_AGAIN = Duration.ofSeconds(15);
    /** What a busy machine may add to a deadline. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final InMemoryUsageLedger ledger = new InMemoryUsageLedger();

    @TempDir
    Path folder;

    private RedisProcess redis;
    private Front front;
    private TestNode node;

    @BeforeEach
    void start() {
        redis = RedisProcess.durable(folder);
        front = Front.of(redis);
        node = new TestNode(front.uri(), ledger, Deadlines.USUAL);
        assertWorksAgain();
    }

    @AfterEach
    void stop() {
        node.close();
        front.close();
        redis.close();
    }

    @Test
    void a_full_memory_refuses_calls_and_the_journal_keeps_what_ends() {
        Ticket ticket = node.open(50);
        config("maxmemory", "1mb");
        assertRefused();
        Settlement settlement = node.settle(ticket, 12);

        config("maxmemory", "0");
        assertWorksAgain();
        assertThat(node.drain()).isOne();
        assertThat(ledger.records()).containsExactly(settlement);
    }

    @Test
    void a_replica_is_written_to_no_more_than_one_without_replicas() {
        redis.order(commands -> commands.replicaof("127.0.0.1", 1));
        assertRefused();
        config("replica-serve-stale-data", "no");
        assertRefused();
        redis.order(RedisCommands::replicaofNoOne);
        assertWorksAgain();

        config("min-replicas-to-write", "1");
        assertRefused();
        config("min-replicas-to-write", "0");
        assertWorksAgain();
    }

    @Test
    void a_server_that_loads_its_data_is_away() {
        config("rdbcompression", "no"); // Redis 6.2 answers each time it has loaded 2 MB
        redis.order(commands -> commands.eval(
                "for i = 1, 2000 do redis.call('SET', 'filler:' .. i, string.rep('x', 10000)) end return 'OK'",
                ScriptOutputType.STATUS));
        if (RedisExecutable.major() >= WITH_LOADING_INTERVAL) {
            config("loading-process-events-interval-bytes", "1024");
        }
        config("key-load-delay", "1500");
        CompletableFuture<Void> reload = background(commands -> commands.debugReload());
        await(() -> !isHeld(id()));
        reload.join();

        assertWorksAgain();
    }

    @Test
    void a_server_busy_with_a_script_is_away() {
        config("lua-time-limit", "20");
        CompletableFuture<Void> endless =
                background(commands -> commands.eval("while true do end", ScriptOutputType.STATUS));
        await(() -> !isHeld(id()));
        redis.order(RedisCommands::scriptKill);
        endless.join();

        assertWorksAgain();
    }

    @Test
    void a_slow_server_is_waited_for_as_long_as_was_promised() {
        RequestId late = id();
        Ticket ticket = node.open(50);
        redis.order(commands -> commands.clientPause(5_000));
        long begun = System.nanoTime();
        assertThat(isHeld(late)).isFalse();
        assertThat(since(begun))
                .isBetween(Deadlines.USUAL.reserve(), Deadlines.USUAL.reserve().plus(SLACK));

        begun = System.nanoTime();
        Settlement settlement = node.settle(ticket, 12);
        assertThat(since(begun))
                .isBetween(Deadlines.USUAL.settle(), Deadlines.USUAL.settle().plus(SLACK));

        await(() -> refreshed() && node.store.openHolds() == 1);
        assertThat(isHeld(late)).as("given up, and dropped where it came late").isFalse();
        assertThat(node.drain()).isOne();
        assertThat(ledger.records()).containsExactly(settlement);
    }

    @Test
    void nobody_waits_for_a_server_that_hangs_and_it_is_asked_again_once_it_goes_on() {
        redis.freeze();
        await(() -> !isHeld(id()) && isGivenUp());
        assertThat(medianRefusal()).isLessThan(Duration.ofMillis(50));
        Settlement[] settled = new Settlement[1];
        Ticket ticket = Calls.ticket(id(), Money.ofNanos(50));
        settled[0] = node.settle(ticket, 12);

        redis.thaw();
        long begun = System.nanoTime();
        await(() -> refreshed() && isHeld(id()));
        assertThat(since(begun)).isLessThan(HEALTHY_AGAIN);
        await(() -> node.store.backlog() == 1);
        assertThat(node.drain()).isOne();
        assertThat(ledger.records()).containsExactly(settled);
    }

    @Test
    void a_connection_whose_other_end_is_gone_is_replaced() {
        front.fallSilent();
        await(() -> !isHeld(id()) && isGivenUp());
        await(() -> refreshed() && isHeld(id()));

        assertThat(isGivenUp()).isFalse();
    }

    @Test
    void a_server_that_was_killed_is_used_again_soon_after_it_is_up() {
        Ticket ticket = node.open(50);
        redis.kill();
        assertRefused();
        Settlement settlement = node.settle(ticket, 12);
        redis.startAgain();
        long begun = System.nanoTime();

        await(() -> refreshed() && isHeld(id()));
        assertThat(since(begun)).isLessThan(HEALTHY_AGAIN);
        assertThat(node.notice()).isBetween(0, 1);
        assertThat(node.drain()).isOne();
        assertThat(ledger.records()).containsExactly(settlement);
    }

    @Test
    void a_refused_connection_keeps_nobody_waiting() {
        redis.kill();
        await(() -> !isHeld(id()));
        assertThat(medianRefusal()).isLessThan(Duration.ofMillis(50));
        assertThatThrownBy(node.store::refresh).isInstanceOf(StoreUnavailable.class);
    }

    private Duration medianRefusal() {
        Duration[] taken = new Duration[21];
        for (int i = 0; i < taken.length; i++) {
            long begun = System.nanoTime();
            assertThat(isHeld(id())).isFalse();
            taken[i] = since(begun);
        }
        Arrays.sort(taken);
        return taken[taken.length / 2];
    }

    private void assertRefused() {
        await(() -> !isHeld(id()));
    }

    private void assertWorksAgain() {
        await(() -> refreshed() && isHeld(id()));
    }

    /** Whether calls do not even ask Redis any more. */
    private boolean isGivenUp() {
        return node.redis()
                .ask(RedisClusterAsyncCommands::ping)
                .toCompletableFuture()
                .isCompletedExceptionally();
    }

    private boolean refreshed() {
        try {
            node.store.refresh();
            return true;
        } catch (StoreUnavailable away) {
            return false;
        }
    }

    private boolean isHeld(RequestId id) {
        return node.store.reserve(TestNode.call(id, 1_000_000, 1)) instanceof Reservation.Held;
    }

    private static RequestId id() {
        return Calls.id(Instant.now());
    }

    private void config(String name, String value) {
        redis.order(commands -> commands.configSet(name, value));
    }

    /** An order whose end, good or bad, is waited for later. */
    private CompletableFuture<Void> background(Function<RedisCommands<String, String>, ?> order) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                Object unused = redis.tell(order);
            } catch (RedisException e) {
                assertThat(e).hasMessageContaining("killed");
            } finally {
                done.complete(null);
            }
        });
        return done;
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static void await(BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(since(begun)).isLessThan(PATIENCE);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
