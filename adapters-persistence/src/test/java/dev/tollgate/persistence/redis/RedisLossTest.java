package dev.tollgate.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.DrainUsage;
import dev.tollgate.application.usage.InMemoryUsageLedger;
import dev.tollgate.application.usage.StreamId;
import dev.tollgate.application.usage.StreamPosition;
import dev.tollgate.application.usage.UsageStream.Pending;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Redis loses what it wrote last, with two gateways on it, over and over; none of them is started again. Then each call
 * counts once, in SQL as in the counters, and nothing is held.
 */
class RedisLossTest {
    private static final int LOSSES = Integer.getInteger("tollgate.redis.losses", 4);
    private static final long SEED = Long.getLong("tollgate.redis.seed", System.nanoTime());
    private static final int CALLS = 60;
    private static final int SHARD = 7;
    private static final long HELD = 50;

    private final Random random = new Random(SEED);
    private final InMemoryUsageLedger ledger = new InMemoryUsageLedger();
    private final Map<RequestId, Settlement> settled = new HashMap<>();
    private final Map<Ticket, TestNode> open = new HashMap<>();
    private int again;

    @TempDir
    Path folder;

    @Test
    void journals_bring_back_what_a_truncated_file_lost() {
        try (RedisProcess redis = RedisProcess.durable(folder);
                TestNode one = node(redis.uri());
                TestNode two = node(redis.uri())) {
            for (int loss = 0; loss < LOSSES; loss++) {
                work(List.of(one, two));
                long kept = redis.written();
                work(List.of(one, two));
                long all = redis.written();
                redis.kill();
                redis.truncate(kept + random.nextLong(Math.max(1, all - kept)));
                redis.startAgain();
                makeGood(one, two);
            }
            finish(one, two);
        }
        assertThat(again).as("seed %s: nothing was lost", SEED).isPositive();
    }

    @Test
    void journals_bring_back_what_a_promoted_replica_never_heard() {
        try (RedisProcess first = RedisProcess.durable(folder.resolve("first"));
                RedisProcess second = RedisProcess.durable(folder.resolve("second"));
                Front front = Front.of(first);
                TestNode one = node(front.uri());
                TestNode two = node(front.uri())) {
            RedisProcess master = first;
            RedisProcess replica = second;
            for (int loss = 0; loss < LOSSES; loss++) {
                follow(replica, master);
                work(List.of(one, two));
                replica.order(redis -> redis.replicaofNoOne());
                work(List.of(one, two));
                master.kill();
                front.moveTo(replica);
                makeGood(one, two);
                master.startAgain();
                RedisProcess former = master;
                master = replica;
                replica = former;
            }
            finish(one, two);
        }
        assertThat(again).as("seed %s: nothing was lost", SEED).isPositive();
    }

    @Test
    void journals_bring_back_all_of_it_within_one_process_life() {
        try (RedisProcess redis = RedisProcess.durable(folder);
                TestNode one = node(redis.uri());
                TestNode two = node(redis.uri())) {
            work(List.of(one, two));
            redis.order(commands -> commands.flushall());
            makeGood(one, two);
            finish(one, two);
        }
    }

    @Test
    void what_was_read_before_a_loss_is_not_recorded_after_it() {
        try (RedisProcess redis = RedisProcess.durable(folder);
                TestNode one = node(redis.uri());
                TestNode two = node(redis.uri())) {
            work(List.of(one, two));
            open.put(one.open(HELD), one);
            end(List.copyOf(open.keySet()).getFirst());
            List<Pending> read = one.store.pending(SHARD, DrainUsage.BATCH_MAX);
            StreamId last = read.getLast().id();
            StreamPosition position = new StreamPosition(one.store.generation(), last);
            assertThat(one.store.has(SHARD, last)).isTrue();

            redis.order(commands -> commands.flushall());
            again += one.notice() + two.notice();
            assertThat(two.store.spent(Calls.USER, Calls.PACKAGE)).isNotEmpty();
            List<Settlement> stale = read.stream().map(Pending::settlement).toList();
            assertThat(ledger.record(SHARD, stale, position, () -> one.store.has(SHARD, last)))
                    .isFalse();

            makeGood(one, two);
            finish(one, two);
        }
    }

    private TestNode node(String uri) {
        return new TestNode(uri, ledger, RedisLiveStoreTest.PATIENT);
    }

    private static void follow(RedisProcess replica, RedisProcess master) {
        replica.order(redis -> redis.replicaof("127.0.0.1", master.port()));
        long begun = System.nanoTime();
        while (!replica.tell(redis -> redis.info("replication")).contains("master_link_status:up")) {
            assertThat(System.nanoTime() - begun).isLessThan(60_000_000_000L);
            Thread.onSpinWait();
        }
    }

    /** Calls begin and end on both nodes, one of which drains now and then. */
    private void work(List<TestNode> nodes) {
        for (int call = 0; call < CALLS; call++) {
            TestNode node = nodes.get(random.nextInt(nodes.size()));
            open.put(node.open(HELD), node);
            if (random.nextInt(3) > 0) {
                end(new ArrayList<>(open.keySet()).get(random.nextInt(open.size())));
            }
            if (random.nextInt(20) == 0) {
                int unused = nodes.getFirst().drain();
            }
        }
    }

    private void end(Ticket ticket) {
        TestNode node = open.remove(ticket);
        settled.put(ticket.id(), node.settle(ticket, 1 + random.nextInt(50)));
    }

    private void makeGood(TestNode one, TestNode two) {
        again += one.notice() + two.notice();
        while (one.drain() > 0) {
            assertThat(two.store.generation()).isEqualTo(one.store.generation());
        }
        assertThat(one.store.held(SHARD))
                .as("seed %s", SEED)
                .containsExactlyInAnyOrderElementsOf(
                        open.keySet().stream().map(Ticket::id).toList());
        assertThat(two.store.spent(Calls.USER, Calls.PACKAGE).get(Calls.TOTAL))
                .as("seed %s", SEED)
                .isEqualTo(new Spent(Money.ofNanos(charged()), Money.ofNanos(HELD * open.size())));
    }

    private long charged() {
        return settled.values().stream()
                .mapToLong(settlement -> settlement.charge().total().nanos())
                .sum();
    }

    private void finish(TestNode one, TestNode two) {
        List.copyOf(open.keySet()).forEach(this::end);
        while (one.drain() > 0) {
            assertThat(one.store.openHolds()).isZero();
        }
        assertThat(ledger.records()).as("seed %s", SEED).containsExactlyInAnyOrderElementsOf(settled.values());
        assertThat(two.store.spent(Calls.USER, Calls.PACKAGE).get(Calls.TOTAL))
                .as("seed %s", SEED)
                .isEqualTo(new Spent(Money.ofNanos(charged()), Money.ZERO));
        assertThat(two.store.backlog()).isZero();
        assertThat(one.closeRecorded() + two.closeRecorded()).isNotNegative();
        assertThat(one.journal.pending() + two.journal.pending()).isZero();
    }
}
