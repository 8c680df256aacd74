package dev.tollgate.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.InMemoryUsageLedger;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.application.usage.UsageLedger.Seed;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.Ticket;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Four nodes on one Redis whose counters are forgotten again and again. */
@Timeout(600)
class RedisSeedsTest {
    private static final int NODES = 4;
    private static final int ROUNDS = Integer.getInteger("tollgate.redis.seeds", 100);
    private static final int TRIALS = Integer.getInteger("tollgate.redis.trials", 3_000);
    private static final long SEED = Long.getLong("tollgate.redis.seed", System.nanoTime());
    private static final int OPEN_MAX = 5;
    private static final int WAITING = 200;

    /** In half a second; that is how often each call would ask on its own. */
    private static final int ASKED_MEANWHILE = 10;

    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    private static final long MOST = 200;
    private static final long LIMIT = 1_000;

    private final Random random = new Random(SEED);
    private final InMemoryUsageLedger ledger = new InMemoryUsageLedger();
    private final List<TestNode> nodes = new ArrayList<>();
    private RedisProcess redis;
    private int drained;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        redis = RedisProcess.durable(folder);
        for (int i = 0; i < NODES; i++) {
            nodes.add(new TestNode(redis.uri(), ledger, RedisLiveStoreTest.PATIENT));
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(TestNode::close);
        redis.close();
    }

    @Test
    void seed_at_once_what_sql_has_and_what_is_on_its_way_and_never_a_multiple() throws Exception {
        long sum = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                sum += settle() + settle();
                int moved = random.nextBoolean() ? nodes.getFirst().drain() : 0;
                assertThat(moved).isNotNegative();
                cool();
                List<Future<Spent>> seeds = new ArrayList<>();
                nodes.forEach(node -> seeds.add(threads.submit(() -> spent(node))));
                Future<Integer> drained = threads.submit(nodes.getLast()::drain);
                long before = sum;
                sum += settle();
                for (Future<Spent> seed : seeds) {
                    assertThat(seed.get().used().nanos()).as("seed %s", SEED).isBetween(before, sum);
                }
                assertThat(drained.get()).isNotNegative();
                assertThat(spent(nodes.get(1)))
                        .as("seed %s", SEED)
                        .isEqualTo(new Spent(Money.ofNanos(sum), Money.ZERO));
            }
        }
    }

    private long settle() {
        long cost = random.nextLong(1, 51);
        TestNode node = nodes.get(random.nextInt(NODES));
        var unused = node.settle(Calls.ticket(Calls.id(Instant.now()), Money.ofNanos(50)), cost);
        return cost;
    }

    private static Spent spent(TestNode node) {
        return node.store.spent(Calls.USER, Calls.PACKAGE).get(Calls.TOTAL);
    }

    /** Distrusts every counter, as another life of the data does. */
    private void cool() {
        Keys keys = new Keys((int) Calls.USER.value());
        for (Subject subject : List.of(Calls.PACKAGE, Calls.OF_USER, Calls.OF_KEY)) {
            Waiting.done(
                    nodes.getFirst()
                            .redis()
                            .ask(commands -> commands.hset(keys.subject(subject), "generation", Scripts.bytes("none"))),
                    RedisLiveStoreTest.PATIENT.background());
        }
    }

    @Test
    void are_waited_for_by_many_calls_of_which_one_asks() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        UsageLedger counting = (UsageLedger) Proxy.newProxyInstance(
                UsageLedger.class.getClassLoader(), new Class<?>[] {UsageLedger.class}, (proxy, method, arguments) -> {
                    asked.addAndGet(method.getName().equals("seed") ? 1 : 0);
                    return method.invoke(ledger, arguments);
                });
        RedisLiveStore store = storeOn(counting);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long cost = settle();
            redis.kill();
            redis.startAgain();
            nodes.forEach(TestNode::awaitRefresh);
            long before = scripts();
            List<Future<Reservation>> calls = new ArrayList<>();
            for (int call = 0; call < WAITING; call++) {
                calls.add(
                        threads.submit(() -> store.reserve(TestNode.call(Calls.id(Instant.now()), WAITING + cost, 1))));
            }
            while (asked.get() < ASKED_MEANWHILE) {
                assertThat(calls).as("asked %s times", asked).noneMatch(Future::isDone);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            assertThat(nodes.getFirst().drain()).isOne();
            for (Future<Reservation> call : calls) {
                assertThat(call.get()).isInstanceOf(Reservation.Held.class);
            }
            assertThat(scripts() - before).isLessThan(4 * WAITING);
        }
    }

    @Test
    @SuppressWarnings("unchecked") // what a proxy is given
    void are_read_again_where_more_went_into_sql_meanwhile() {
        UsageLedger slow = (UsageLedger) Proxy.newProxyInstance(
                UsageLedger.class.getClassLoader(), new Class<?>[] {UsageLedger.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("seed")) {
                        return method.invoke(ledger, arguments);
                    }
                    return late(
                            (int) arguments[0], (Collection<Subject>) arguments[1], (Function<Seed, ?>) arguments[2]);
                });
        RedisLiveStore store = storeOn(slow);
        long sum = settle();
        assertThat(nodes.getFirst().drain()).isOne();
        sum += settle();
        cool();

        assertThat(store.spent(Calls.USER, Calls.PACKAGE).get(Calls.TOTAL).used())
                .isEqualTo(Money.ofNanos(sum));
        assertThat(ledger.records()).hasSize(2);
        assertThat(drained).as("batches between sums and seed").isOne();
    }

    private RedisLiveStore storeOn(UsageLedger another) {
        return new RedisLiveStore(
                nodes.get(1).redis(),
                another,
                StoreClock.ofRedis(InstantSource.system()),
                RedisLiveStoreTest.PATIENT,
                16,
                100_000);
    }

    /** As of a node that was frozen, and lost its lock, while it had sums in hand that more was added to. */
    private <T> T late(int shard, Collection<Subject> subjects, Function<Seed, T> set) {
        AtomicReference<Seed> read = new AtomicReference<>();
        ledger.seed(shard, subjects, seed -> {
            read.set(seed);
            return true;
        });
        drained += nodes.getFirst().drain();
        return set.apply(read.get());
    }

    /** How often scripts were called since the server started. */
    private long scripts() {
        String stats = redis.tell(commands -> commands.info("commandstats"));
        Matcher calls = Pattern.compile("cmdstat_evalsha:calls=(\\d+)").matcher(stats);
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    @Test
    void refuse_nobody_who_has_the_money_and_let_in_nobody_who_has_not() {
        long limit = LIMIT;
        long used = 0;
        Deque<Ticket> open = new ArrayDeque<>();
        for (int trial = 0; trial < TRIALS; trial++) {
            long held = open.stream()
                    .mapToLong(ticket -> ticket.hold().amount().nanos())
                    .sum();
            long most = random.nextLong(1, MOST + 1);
            RequestId id = Calls.id(Instant.now());
            Reservation answer = any().store.reserve(TestNode.call(id, limit, most));
            assertThat(answer instanceof Reservation.Held)
                    .as(
                            "seed %s, trial %s: %s of %s, %s held, %s asked: %s",
                            SEED, trial, used, limit, held, most, answer)
                    .isEqualTo(used + held + most <= limit);
            if (answer instanceof Reservation.Held) {
                open.add(Calls.ticket(id, Money.ofNanos(most)));
            } else {
                assertThat(answer).isInstanceOf(Reservation.Refused.class);
                limit += random.nextInt(2) * LIMIT;
            }
            if (open.size() == OPEN_MAX || (!open.isEmpty() && random.nextBoolean())) {
                Ticket ended = open.remove();
                long cost = random.nextLong(ended.hold().amount().nanos() + 1);
                assertThat(any().settle(ended, cost).charge().total().nanos()).isEqualTo(cost);
                used += cost;
            }
            if (random.nextInt(50) == 0) {
                cool();
            }
            if (random.nextInt(20) == 0) {
                assertThat(any().drain()).isNotNegative();
            }
        }
        assertThat(ledger.records()).isNotEmpty();
    }

    private TestNode any() {
        return nodes.get(random.nextInt(NODES));
    }
}
