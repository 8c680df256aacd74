package dev.tollgate.bootstrap.usage;

import dev.tollgate.application.relay.CorrectBudgets;
import dev.tollgate.application.relay.KeepCallsAlive;
import dev.tollgate.application.relay.SweepHolds;
import dev.tollgate.application.usage.CloseCalls;
import dev.tollgate.application.usage.DrainUsage;
import dev.tollgate.application.usage.RecoverUsage;
import dev.tollgate.application.usage.ReplayUsage;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.application.usage.WarmTotals;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Usage on its way into SQL: recovered at start, moved all the time, flushed at the end. */
@Singleton
public final class UsageFlow implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.sync");
    private static final Duration DRAIN_PAUSE = Duration.ofMillis(100);
    private static final Duration CLOSE_PAUSE = Duration.ofSeconds(1);
    private static final Duration SWEEP_PAUSE = Duration.ofSeconds(5);
    private static final Duration WARM_PAUSE = Duration.ofMillis(500);
    private static final Duration REPLAY_PAUSE = Duration.ofMillis(250);
    private static final Duration OVERDUE_PAUSE = Duration.ofMinutes(1);
    private static final Duration BUDGET_PAUSE = Duration.ofMinutes(1);
    private static final Duration FLUSH_MAX = Duration.ofSeconds(2);
    private static final Duration FLUSH_PAUSE = Duration.ofMillis(20);

    private final RecoverUsage recoverUsage;
    private final ReplayUsage replayUsage;
    private final DrainUsage drainUsage;
    private final CloseCalls closeCalls;
    private final KeepCallsAlive keepCallsAlive;
    private final SweepHolds sweepHolds;
    private final CorrectBudgets correctBudgets;
    private final WarmTotals warmTotals;
    private final UsageJournal journal;
    private final Duties duties;
    private final Loops loops = new Loops();

    UsageFlow(
            RecoverUsage recoverUsage,
            ReplayUsage replayUsage,
            DrainUsage drainUsage,
            CloseCalls closeCalls,
            KeepCallsAlive keepCallsAlive,
            SweepHolds sweepHolds,
            CorrectBudgets correctBudgets,
            WarmTotals warmTotals,
            UsageJournal journal,
            Duties duties) {
        this.recoverUsage = recoverUsage;
        this.replayUsage = replayUsage;
        this.drainUsage = drainUsage;
        this.closeCalls = closeCalls;
        this.keepCallsAlive = keepCallsAlive;
        this.sweepHolds = sweepHolds;
        this.correctBudgets = correctBudgets;
        this.warmTotals = warmTotals;
        this.journal = journal;
        this.duties = duties;
    }

    /** Brings into SQL what the last start left, then starts what runs along. The schema is there, no call is yet. */
    public void start() {
        RecoverUsage.Recovered recovered = recoverUsage.recover();
        if (recovered.settled() + recovered.orphans() > 0) {
            LOG.info("recovered {} settled and {} broken-off calls", recovered.settled(), recovered.orphans());
        }
        duties.start();
        loops.start("usage-drain", DRAIN_PAUSE, () -> duties.drain().run(this::drainWhileThereIsMuch));
        loops.start("journal-close", CLOSE_PAUSE, this::closeCalls);
        loops.start("usage-replay", REPLAY_PAUSE, this::replayWhatWasLost);
        loops.start("usage-overdue", OVERDUE_PAUSE, this::replayOverdue);
        loops.start("call-heartbeat", Duration.ofSeconds(KeepCallsAlive.BEAT_SECONDS), this::keepAlive);
        loops.start("hold-sweep", SWEEP_PAUSE, () -> duties.sweep().run(this::sweep));
        loops.start("account-budgets", BUDGET_PAUSE, () -> duties.upkeep().run(correctBudgets::correct));
        loops.start("live-totals", WARM_PAUSE, this::warmTotals);
    }

    /** A small batch is followed by a pause, in which the next one grows. */
    private void drainWhileThereIsMuch() {
        while (drainUsage.drain() >= DrainUsage.BATCH_MAX && duties.drain().isMine()) {
            LOG.debug("draining on");
        }
    }

    private void closeCalls() {
        LOG.trace("{} calls came into the database by way of another node", closeCalls.close());
    }

    /** After a new life of the live store's data there is much to do; else what was used for the first time. */
    private void warmTotals() {
        int warmed = warmTotals.warm();
        if (warmed > 0) {
            LOG.debug("set {} totals of the live store from the database", warmed);
        }
    }

    /** The live store lost some of its data: open calls take their holds again, ended ones are settled again. */
    private void replayWhatWasLost() {
        if (replayUsage.isDue()) {
            keepAlive();
            int again = replayUsage.replay();
            if (again > 0) {
                LOG.info("the live store has other data than before: settled {} calls again", again);
            }
        }
    }

    private void replayOverdue() {
        int again = replayUsage.replayOverdue();
        if (again > 0) {
            LOG.warn("{} calls are still not in the database after {}", again, ReplayUsage.OVERDUE);
        }
    }

    private void keepAlive() {
        int unheld = keepCallsAlive.beat();
        if (unheld > 0) {
            LOG.warn("{} running calls hold nothing any more", unheld);
        }
    }

    private void sweep() {
        int orphans = sweepHolds.sweep();
        if (orphans > 0) {
            LOG.warn("{} calls were settled as orphans", orphans);
        }
    }

    /** Calls that only the journal has; 0 once everything is in SQL. */
    public long unsettled() {
        return journal.pending();
    }

    /**
     * Stops what runs along and moves what this node settled, for a bounded time; the journal keeps what remains. The
     * duty may be another node's: whoever moves a call, it counts once.
     */
    @Override
    @PreDestroy
    public void close() {
        loops.close();
        long deadline = System.nanoTime() + FLUSH_MAX.toNanos();
        try {
            while (unsettled() > 0 && System.nanoTime() < deadline) {
                if (drainUsage.drain() + closeCalls.close() == 0) {
                    LockSupport.parkNanos(FLUSH_PAUSE.toNanos());
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("the rest of the usage stays in the journal: {}", e.getMessage(), e);
        }
        duties.close();
    }
}
