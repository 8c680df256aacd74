package dev.tollgate.persistence.sql;

import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.StoreUnavailable;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices of edits by way of a version row that every node asks for once a second, and at once where it is told to hurry:
 * that alone says what was edited.
 */
@Singleton
public final class SqlChanges implements Changes {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.sync");
    private static final Duration POLL_EVERY = Duration.ofSeconds(1);
    private static final Duration KEEP = Duration.ofHours(1);
    private static final Duration LOCAL_DELIVERY_MAX = Duration.ofMillis(500);
    private static final int FETCH_MAX = 1000;

    private final SqlTransactions transactions;
    private final InstantSource clock;
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> afterEdits = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isHurried = new AtomicBoolean();
    private final ScheduledExecutorService deliverer;
    private volatile Thread delivering = Thread.currentThread();
    private volatile Instant confirmedAt;
    private long seen;

    SqlChanges(SqlTransactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
        this.confirmedAt = clock.instant();
        this.deliverer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "changes");
            thread.setDaemon(true);
            delivering = thread;
            return thread;
        });
    }

    @PostConstruct
    void start() {
        seen = currentVersion();
        transactions.onChange(this::edited);
        long millis = POLL_EVERY.toMillis();
        Future<?> polling = deliverer.scheduleWithFixedDelay(this::poll, millis, millis, TimeUnit.MILLISECONDS);
        long hour = KEEP.toMillis();
        Future<?> pruning = deliverer.scheduleWithFixedDelay(this::prune, hour, hour, TimeUnit.MILLISECONDS);
        if (polling.isDone() || pruning.isDone()) {
            throw new IllegalStateException("changes cannot be polled");
        }
    }

    @PreDestroy
    void stop() {
        deliverer.shutdownNow();
    }

    @Override
    public void subscribe(Consumer<Change> listener) {
        listeners.add(listener);
    }

    @Override
    public Instant confirmedAt() {
        return confirmedAt;
    }

    /** Has an action, which must not wait, run after each edit made here, once it is committed. */
    public void afterEdit(Runnable action) {
        afterEdits.add(action);
    }

    /** Has it look for edits at once; does not wait. */
    public void hurry() {
        if (isHurried.compareAndSet(false, true)) {
            try {
                deliverer.execute(() -> {
                    isHurried.set(false);
                    poll();
                });
            } catch (RejectedExecutionException e) {
                LOG.trace("nobody listens any more", e);
            }
        }
    }

    private void edited() {
        afterEdits.forEach(Runnable::run);
        deliverNow();
    }

    /** Lets an editor's own next call see the edit: waits, but not for ever, until the listeners here have it. */
    private void deliverNow() {
        if (Thread.currentThread().equals(delivering) || deliverer.isShutdown()) {
            return;
        }
        try {
            deliverer.submit(this::poll).get(LOCAL_DELIVERY_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("a change is delivered later", e);
        }
    }

    private void poll() {
        try {
            Instant asked = clock.instant();
            List<Notice> notices = transactions.read(this::newNotices);
            notices.forEach(this::deliver);
            confirmedAt = asked;
        } catch (StoreUnavailable away) {
            LOG.debug("changes cannot be read now: {}", away.getMessage());
        } catch (RuntimeException e) {
            if (deliverer.isShutdown()) {
                return; // interrupted, for nobody listens any more
            }
            LOG.error("changes cannot be read; caches grow old until they can", e);
        }
    }

    private List<Notice> newNotices(Sql sql) throws SQLException {
        if (sql.number("SELECT version FROM config_version WHERE id = 1") == seen) {
            return List.of();
        }
        return sql.list(
                "SELECT version, kind, target_id FROM config_change WHERE version > ? ORDER BY version LIMIT ?",
                row -> new Notice(
                        row.number("version"), new Change(row.constant("kind", Kind.class), row.number("target_id"))),
                seen,
                FETCH_MAX);
    }

    private void deliver(Notice notice) {
        boolean someWerePruned = notice.version() > seen + 1;
        if (someWerePruned) {
            for (Kind kind : Kind.values()) {
                tell(new Change(kind, 0));
            }
        }
        tell(notice.change());
        seen = notice.version();
    }

    private void tell(Change change) {
        for (Consumer<Change> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                LOG.error("a listener failed on {}", change, e);
            }
        }
    }

    private void prune() {
        try {
            transactions.run(sql -> sql.update(
                    "DELETE FROM config_change WHERE changed_at < ?",
                    clock.instant().minus(KEEP)));
        } catch (RuntimeException e) {
            LOG.warn("old changes stay for another hour", e);
        }
    }

    private long currentVersion() {
        return transactions.read(sql -> sql.number("SELECT version FROM config_version WHERE id = 1"));
    }

    private record Notice(long version, Change change) {}
}
