package dev.tollgate.persistence.sql.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.usage.DrainUsage;
import dev.tollgate.application.usage.DrainUsageService;
import dev.tollgate.application.usage.RecordedUsage;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.persistence.journal.FileUsageJournal;
import dev.tollgate.persistence.journal.JournalSettings;
import dev.tollgate.persistence.redis.RedisConnection;
import dev.tollgate.persistence.redis.RedisLiveStore;
import dev.tollgate.persistence.server.RedisServers;
import dev.tollgate.persistence.sql.TestDatabase;
import dev.tollgate.persistence.sql.usage.UsageTables;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Full records on their way from Redis into SQL, by one drainer. The build moves few; the properties
 * {@code tollgate.drain.records} and {@code .seconds} say how many and how long, {@code .rate} and {@code .lag} what is
 * asked, in records a second and milliseconds.
 */
class DrainSpeedTest {
    private static final Logger LOG = LoggerFactory.getLogger(DrainSpeedTest.class);
    private static final int RECORDS = Integer.getInteger("tollgate.drain.records", 5_000);
    private static final int RATE_MIN = Integer.getInteger("tollgate.drain.rate", 0);
    private static final int TOLD_EACH = 100_000;
    private static final int SHARDS = 16;
    private static final long STEP_MILLIS = 5;
    private static final int STEADY_SECONDS = Integer.getInteger("tollgate.drain.seconds", 2);
    private static final int STEADY_RATE = 200;
    private static final int STEADY_MAX = 1_000_000;
    private static final long PAUSE_MILLIS = 100;
    private static final long LAG_MAX_MILLIS = Long.getLong("tollgate.drain.lag", 20_000);

    /** That a record's tokens times its price version, whose number is the price, is not its cost, rounded half-even. */
    private static final String NOT_ITS_COST = "input_cost_picos <> input_tokens * 300000 * price_version"
            + " OR output_cost_picos <> output_tokens * 1500000 * price_version"
            + " OR cache_read_cost_picos <> cache_read_tokens * 30000 * price_version"
            + " OR cache_write_cost_picos <> (cache_write_5m_tokens + cache_write_1h_tokens) * 300000 * price_version"
            + " OR base_cost_picos <> input_cost_picos + output_cost_picos + cache_read_cost_picos"
            + " + cache_write_cost_picos + other_cost_picos"
            + " OR ABS(CAST(total_cost_nanos AS DECIMAL(40)) * 1000000000000000"
            + " - CAST(base_cost_picos AS DECIMAL(40)) * multiplier_trillionths) > 500000000000000"
            + " OR (ABS(CAST(total_cost_nanos AS DECIMAL(40)) * 1000000000000000"
            + " - CAST(base_cost_picos AS DECIMAL(40)) * multiplier_trillionths) = 500000000000000"
            + " AND MOD(total_cost_nanos, 2) <> 0)";

    private static final RedisServers REDIS = RedisServers.single();
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void stop() {
        DATABASE.close();
        REDIS.close();
    }

    @Test
    void moves_a_backlog(@TempDir Path folder) {
        UsageLedger ledger = DATABASE.bean(UsageLedger.class);
        try (RedisConnection redis = RedisConnection.open(REDIS.uri());
                FileUsageJournal journal = FileUsageJournal.open(folder, JournalSettings.USUAL)) {
            LiveStore store = new RedisLiveStore(redis, ledger, InstantSource.system(), SHARDS, 2 * RECORDS);
            fill();
            assertThat(store.backlog()).isEqualTo(RECORDS);

            long rate = drain(new DrainUsageService(store, ledger, journal, (shard, calls) -> {}, () -> true));
            assertThat(store.backlog()).isZero();
            assertThat(rate).isGreaterThanOrEqualTo(RATE_MIN);
        }
        assertThat(UsageTables.number(DATABASE, "SELECT COUNT(*) FROM usage_record"))
                .isGreaterThanOrEqualTo(RECORDS);
        assertThat(UsageTables.number(DATABASE, "SELECT COUNT(*) FROM usage_record WHERE " + NOT_ITS_COST))
                .isZero();
        compareSums();
    }

    /** What an audit asks of the database: every record, and every sum of them. */
    private static void compareSums() {
        RecordedUsage recorded = DATABASE.bean(RecordedUsage.class);
        AtomicInteger calls = new AtomicInteger();
        long begun = System.nanoTime();
        assertThat(recorded.read(call -> calls.incrementAndGet()).differences()).isEmpty();
        Duration records = Duration.ofNanos(System.nanoTime() - begun);
        begun = System.nanoTime();
        assertThat(recorded.differences()).isEmpty();
        Duration sums = Duration.ofNanos(System.nanoTime() - begun);
        LOG.warn("{} calls are read with their sums in {}, the sums alone in {}", calls, records, sums);
    }

    @Test
    void lags_little_behind_a_steady_stream(@TempDir Path folder) {
        UsageLedger ledger = DATABASE.bean(UsageLedger.class);
        try (RedisConnection redis = RedisConnection.open(REDIS.uri());
                FileUsageJournal journal = FileUsageJournal.open(folder, JournalSettings.USUAL)) {
            LiveStore store = new RedisLiveStore(redis, ledger, InstantSource.system(), SHARDS, STEADY_MAX);
            TimedStream timed = new TimedStream(store);
            DrainUsage drainUsage = new DrainUsageService(timed, ledger, journal, (shard, calls) -> {}, () -> true);
            try (ScheduledExecutorService drainer = Executors.newSingleThreadScheduledExecutor()) {
                ScheduledFuture<?> draining =
                        drainer.scheduleWithFixedDelay(drainUsage::drain, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                settleSteadily();
                await(store);
                assertThat(draining.isDone()).isFalse();
            }
            LOG.warn(
                    "at {} calls a second the lag is {} ms in 99 of 100, {} ms at most",
                    STEADY_RATE,
                    timed.lag(99),
                    timed.lag(100));
            assertThat(timed.lag(99)).isLessThan(LAG_MAX_MILLIS);
        }
    }

    private static void settleSteadily() {
        CallMix mix = new CallMix(11);
        try (StreamFill fill = new StreamFill(REDIS.uri(), SHARDS)) {
            long begun = System.nanoTime();
            for (int call = 0; call < STEADY_SECONDS * STEADY_RATE; call++) {
                LockSupport.parkNanos(begun + call * 1_000_000_000L / STEADY_RATE - System.nanoTime());
                fill.append(mix.settled(Instant.now()));
            }
        }
    }

    private static void await(LiveStore store) {
        long begun = System.nanoTime();
        while (store.backlog() > 0 && System.nanoTime() - begun < TimeUnit.MINUTES.toNanos(1)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
        assertThat(store.backlog()).isZero();
    }

    private static void fill() {
        try (StreamFill fill = new StreamFill(REDIS.uri(), SHARDS)) {
            Instant from = Instant.now().minusMillis(RECORDS * STEP_MILLIS);
            fill.append(new CallMix(10), from, STEP_MILLIS, RECORDS);
        }
    }

    private static long drain(DrainUsage drainUsage) {
        long begun = System.nanoTime();
        Duration cpu = cpu();
        long last = begun;
        int moved = 0;
        while (moved < RECORDS) {
            int before = moved / TOLD_EACH;
            moved += drainUsage.drain();
            if (moved / TOLD_EACH > before) {
                LOG.warn("{} records: {}/s", moved, perSecond(TOLD_EACH, last));
                last = System.nanoTime();
            }
        }
        long rate = perSecond(moved, begun);
        LOG.warn(
                "{} records in {}: {}/s, this process' CPU {}",
                moved,
                Duration.ofNanos(System.nanoTime() - begun),
                rate,
                cpu().minus(cpu));
        return rate;
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static long perSecond(int records, long since) {
        return records * 1_000_000_000L / (System.nanoTime() - since);
    }
}
