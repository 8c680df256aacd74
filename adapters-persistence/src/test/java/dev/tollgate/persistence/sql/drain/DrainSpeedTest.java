package dev.tollgate.persistence.sql.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.usage.DrainUsage;
import dev.tollgate.application.usage.DrainUsageService;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.persistence.journal.FileUsageJournal;
import dev.tollgate.persistence.journal.JournalSettings;
import dev.tollgate.persistence.redis.RedisConnection;
import dev.tollgate.persistence.redis.RedisLiveStore;
import dev.tollgate.persistence.redis.RedisServers;
import dev.tollgate.persistence.sql.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A backlog of full records on its way from Redis into SQL by one writer. The build moves a small one; the property
 * {@code tollgate.drain.records} says how many, {@code tollgate.drain.rate} how many a second are asked.
 */
class DrainSpeedTest {
    private static final Logger LOG = LoggerFactory.getLogger(DrainSpeedTest.class);
    private static final int RECORDS = Integer.getInteger("tollgate.drain.records", 5_000);
    private static final int RATE_MIN = Integer.getInteger("tollgate.drain.rate", 0);
    private static final int TOLD_EACH = 100_000;
    private static final int SHARDS = 16;
    private static final long STEP_MILLIS = 5;

    private static final RedisServers REDIS = RedisServers.single();
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void stop() {
        DATABASE.close();
        REDIS.close();
    }

    @Test
    void moves_a_backlog(@TempDir Path folder) throws Exception {
        UsageLedger ledger = DATABASE.bean(UsageLedger.class);
        try (RedisConnection redis = RedisConnection.open(REDIS.uri());
                FileUsageJournal journal = FileUsageJournal.open(folder, JournalSettings.USUAL)) {
            LiveStore store = new RedisLiveStore(redis, ledger, InstantSource.system(), SHARDS, 2 * RECORDS);
            fill();
            assertThat(store.backlog()).isEqualTo(RECORDS);

            long rate = drain(new DrainUsageService(store, ledger, journal, () -> true));
            assertThat(store.backlog()).isZero();
            assertThat(rate).isGreaterThanOrEqualTo(RATE_MIN);
        }
        assertThat(DATABASE.transactions().<Long>read(sql -> sql.number("SELECT COUNT(*) FROM usage_record")))
                .isEqualTo(RECORDS);
    }

    private static void fill() throws Exception {
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
