package dev.tollgate.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tollgate.application.identity.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WritersTurnTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final int WRITERS = 8;
    private static final int WRITES = 25;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void transactions_on_h2_never_write_side_by_side() throws Exception {
        try (TestDatabase database = TestDatabase.start()) {
            assumeThat(isServer(database)).isFalse();
            AtomicInteger writing = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            Future<?>[] writers = new Future<?>[WRITERS];
            for (int i = 0; i < WRITERS; i++) {
                long table = i;
                writers[i] = threads.submit(() -> {
                    for (int write = 0; write < WRITES; write++) {
                        database.transactions().run(sql -> {
                            most.accumulateAndGet(writing.incrementAndGet(), Math::max);
                            sql.update(
                                    "INSERT INTO shard_state (shard, last_major, last_minor, batches, moved_at)"
                                            + " VALUES (?, 0, 0, 0, 0) ON DUPLICATE KEY UPDATE batches = batches + 1",
                                    table);
                            writing.decrementAndGet();
                        });
                    }
                });
            }
            for (Future<?> writer : writers) {
                writer.get();
            }

            assertThat(most).hasValue(1);
            assertThat(database.transactions()
                            .<Long>read(sql -> sql.number("SELECT SUM(batches + 1) FROM shard_state")))
                    .isEqualTo(WRITERS * WRITES);
        }
    }

    @Test
    void a_write_inside_a_write_is_part_of_it() {
        try (TestDatabase database = TestDatabase.start()) {
            SqlTransactions transactions = database.transactions();

            assertThat(transactions.<Long>write(outer -> transactions.write(inner -> inner.number("SELECT 1"))))
                    .isEqualTo(1);
        }
    }

    @Test
    void whoever_waits_too_long_is_told_that_the_database_is_away() throws Exception {
        WritersTurn turn = new WritersTurn(true);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Future<Boolean> first = threads.submit(() -> turn.within(LONG, () -> {
            begun.countDown();
            return isDown(end);
        }));
        begun.await();

        assertThatThrownBy(() -> turn.within(SHORT, () -> true))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("writing");

        end.countDown();
        assertThat(first.get()).isTrue();
        assertThat(turn.<Boolean>within(SHORT, () -> true)).isTrue();
    }

    @Test
    void a_server_takes_writers_side_by_side() throws ExecutionException, InterruptedException {
        WritersTurn turn = new WritersTurn(false);
        CyclicBarrier both = new CyclicBarrier(2);
        Future<Integer> one = threads.submit(() -> turn.within(SHORT, () -> met(both)));
        Future<Integer> other = threads.submit(() -> turn.within(SHORT, () -> met(both)));

        assertThat(one.get() + other.get()).isEqualTo(1);
    }

    private static boolean isServer(TestDatabase database) {
        return database.transactions().read(sql -> ServerTerms.isServer(sql.connection()));
    }

    private static boolean isDown(CountDownLatch latch) {
        try {
            return latch.await(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int met(CyclicBarrier barrier) {
        try {
            return barrier.await(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
