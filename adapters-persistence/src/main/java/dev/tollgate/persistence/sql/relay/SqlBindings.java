package dev.tollgate.persistence.sql.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.Bindings;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.persistence.sql.SqlTransactions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bindings in a table, written behind: those of the last moment and the most used are in memory. */
public final class SqlBindings implements Bindings {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.sync");
    private static final int KNOWN_MAX = 100_000;
    private static final int WAITING_MAX = 20_000;
    private static final int BATCH_MAX = 1_000;
    private static final int PRUNED_MAX = 10_000;

    private final SqlTransactions transactions;
    private final InstantSource clock;
    private final Cache<String, Bound> known =
            Caffeine.newBuilder().maximumSize(KNOWN_MAX).build();
    private final BlockingQueue<Bound> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private boolean away;

    public SqlBindings(SqlTransactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Bound(String digest, AccountId account, long keptUntil) {}

    @Override
    public void bind(Collection<String> digests, AccountId account) {
        long keptUntil = clock.instant().plus(KEPT).toEpochMilli();
        for (String digest : digests) {
            Bound bound = new Bound(digest, account, keptUntil);
            known.put(digest, bound);
            if (!waiting.offer(bound)) {
                LOG.debug("a binding is only in memory: the database has been away for too long");
            }
        }
    }

    @Override
    public Map<String, AccountId> find(Collection<String> digests) {
        Map<String, AccountId> found = new HashMap<>();
        long now = clock.millis();
        for (String digest : digests) {
            Bound bound = known.getIfPresent(digest);
            bound = bound == null ? stored(digest) : bound;
            if (bound != null && now < bound.keptUntil()) {
                found.put(digest, bound.account());
            }
        }
        return found;
    }

    private @Nullable Bound stored(String digest) {
        Optional<Bound> found = transactions.read(sql -> sql.first(
                "SELECT account_id, kept_until FROM resource_binding WHERE digest = ?",
                row -> new Bound(digest, new AccountId(row.number("account_id")), row.number("kept_until")),
                digest));
        found.ifPresent(bound -> known.put(digest, bound));
        return found.orElse(null);
    }

    /** Writes what is waiting; while the database is away it goes on waiting. To be run several times a second. */
    public synchronized void flush() {
        List<Bound> batch = new ArrayList<>();
        try {
            while (waiting.drainTo(batch, BATCH_MAX) > 0) {
                write(batch);
                batch.clear();
            }
            away = false;
        } catch (StoreUnavailable e) {
            batch.forEach(waiting::offer);
            if (!away) {
                LOG.warn("bindings wait in memory until the database is back");
            }
            away = true;
        }
    }

    private void write(List<Bound> batch) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        batch.forEach(
                bound -> rows.add(new Object[] {bound.digest(), bound.account().value(), bound.keptUntil()}));
        transactions.run(sql -> sql.batch(
                "INSERT INTO resource_binding (digest, account_id, kept_until) VALUES (?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE account_id = VALUES(account_id), kept_until = VALUES(kept_until)",
                rows));
    }

    /** Deletes what is no longer kept, a bounded number at a time. @return how many */
    public int prune() {
        return transactions.write(sql ->
                sql.updated("DELETE FROM resource_binding WHERE kept_until <= ? LIMIT " + PRUNED_MAX, clock.millis()));
    }
}
