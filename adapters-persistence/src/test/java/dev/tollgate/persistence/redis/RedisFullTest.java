package dev.tollgate.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.InMemoryUsageLedger;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that answers, and takes no writes that need memory, or none at all. */
@Timeout(120)
class RedisFullTest {
    private static final String FULL = "1mb";
    private static final Duration CONTACT = Duration.ofSeconds(3);
    private static final Deadlines PATIENT = RedisLiveStoreTest.PATIENT;

    private final InMemoryUsageLedger ledger = new InMemoryUsageLedger();

    @TempDir
    Path folder;

    private RedisProcess redis;
    private TestNode node;

    @BeforeEach
    void start() {
        redis = RedisProcess.durable(folder);
        node = node(PATIENT);
    }

    private TestNode node(Deadlines deadlines) {
        return new TestNode(redis.uri(), ledger, deadlines);
    }

    @AfterEach
    void stop() {
        node.close();
        redis.close();
    }

    @Test
    void is_emptied_into_sql_while_it_is_full() {
        Settlement before = node.settle(node.open(50), 12);
        Ticket running = node.open(50);
        config("maxmemory", FULL);
        assertThat(isHeld()).isFalse();
        Settlement meanwhile = node.settle(running, 20);

        assertThat(node.drain()).isOne();
        assertThat(ledger.records()).containsExactly(before);
        assertThat(node.store.backlog()).isZero();

        config("maxmemory", "0");
        node.awaitRefresh();
        assertThat(node.drain()).isOne();
        assertThat(ledger.records()).containsExactly(before, meanwhile);
        assertThat(isHeld()).isTrue();
    }

    @Test
    void is_emptied_when_it_comes_back_full() {
        redis.order(commands -> commands.configSet("appendfsync", "always"));
        Settlement before = node.settle(node.open(50), 12);
        redis.kill();
        redis.startAgain();
        config("maxmemory", FULL);

        node.awaitRefresh();
        assertThat(node.drain()).isOne();
        assertThat(ledger.records()).containsExactly(before);
    }

    @Test
    void goes_on_renewing_what_runs_and_lets_go_what_was_cancelled() {
        Ticket running = node.open(50);
        Reservation held = node.store.reserve(TestNode.call(Calls.id(Instant.now()), 1_000, 30));
        assertThat(held).isInstanceOf(Reservation.Held.class);
        long ends = lease(running);
        config("maxmemory", FULL);

        assertThat(node.store.heartbeat(List.of(Calls.progress(running, 1)))).isEmpty();
        assertThat(lease(running)).isGreaterThan(ends);
        for (var id : node.store.held(shard())) {
            node.store.cancel(id);
        }
        assertThat(node.store.held(shard())).containsExactly(running.id());
        assertThat(node.store.spent(Calls.USER, Calls.PACKAGE).get(Calls.TOTAL).held())
                .isEqualTo(running.hold().amount());
    }

    @Test
    void ends_no_hold_that_could_not_be_renewed_while_it_took_no_writes() {
        try (TestNode sweeper = node(new Deadlines(
                PATIENT.resend(),
                PATIENT.reserve(),
                PATIENT.settle(),
                PATIENT.call(),
                PATIENT.background(),
                Duration.ZERO,
                CONTACT))) {
            Ticket running = node.open(50);
            String over = Long.toString(Instant.now().minusSeconds(1).toEpochMilli());
            redis.tell(commands -> commands.zadd(
                    keys().lease(), Double.parseDouble(over), running.id().text()));
            awaitSwept(sweeper, running);

            config("min-replicas-to-write", "1");
            sweeper.awaitRefresh();
            config("min-replicas-to-write", "0");
            sweeper.awaitRefresh();
            assertThat(sweeper.store.sweep(shard(), Set.of())).isEmpty();
            awaitSwept(sweeper, running);
        }
    }

    /** A node in touch for long enough finds the call whose lease is over. */
    private static void awaitSwept(TestNode sweeper, Ticket running) {
        List<LiveStore.Lost> lost = List.of();
        long begun = System.nanoTime();
        while (lost.isEmpty()) {
            assertThat(System.nanoTime() - begun)
                    .isLessThan(CONTACT.multipliedBy(10).toNanos());
            sweeper.awaitRefresh();
            lost = sweeper.store.sweep(shard(), Set.of());
        }
        assertThat(lost).extracting(LiveStore.Lost::ticket).containsExactly(running);
    }

    private boolean isHeld() {
        return node.store.reserve(TestNode.call(Calls.id(Instant.now()), 1_000_000, 1)) instanceof Reservation.Held;
    }

    private long lease(Ticket ticket) {
        Double score = redis.tell(
                commands -> commands.zscore(keys().lease(), ticket.id().text()));
        return score.longValue();
    }

    private static int shard() {
        return (int) Calls.USER.value();
    }

    private static Keys keys() {
        return new Keys(shard());
    }

    private void config(String name, String value) {
        redis.order(commands -> commands.configSet(name, value));
    }
}
