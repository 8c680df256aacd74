package dev.tollgate.persistence.sql;

import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.StoreUnavailable;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in transactions. A write that loses a deadlock is run again, so work must not touch anything but its
 * {@link Sql}. Work started inside other work joins its transaction.
 *
 * <p>Throws {@link StoreUnavailable} when the database is away and {@link SqlFailure} when it refused a statement.
 */
@Singleton
public final class SqlTransactions {
    private static final int TRIES_MAX = 5;

    private final TransactionOperations<Connection> transactions;
    private final InstantSource clock;
    private final List<Runnable> onChange = new ArrayList<>();

    SqlTransactions(TransactionOperations<Connection> transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Runs work that only reads. */
    public <T extends @Nullable Object> T read(Work<T> work) {
        return once(TransactionDefinition.READ_ONLY, work, new ArrayList<>());
    }

    /** Runs work and commits it, with the notices of what it changed; listeners on this node have them on return. */
    public <T extends @Nullable Object> T write(Work<T> work) {
        if (transactions.hasConnection()) {
            return once(TransactionDefinition.DEFAULT, work, new ArrayList<>());
        }
        List<Changes.Change> changed = new ArrayList<>();
        T result = untilNoDeadlock(work, changed);
        if (!changed.isEmpty()) {
            onChange.forEach(Runnable::run);
        }
        return result;
    }

    /** Runs work without a result. */
    public void run(Action action) {
        boolean done = write(sql -> {
            action.run(sql);
            return true;
        });
        assert done;
    }

    /** Has an action run after each commit that changed something cached. */
    void onChange(Runnable action) {
        onChange.add(action);
    }

    private <T extends @Nullable Object> T untilNoDeadlock(Work<T> work, List<Changes.Change> changed) {
        for (int tries = 1; ; tries++) {
            changed.clear();
            try {
                return once(TransactionDefinition.DEFAULT, work, changed);
            } catch (SqlFailure failure) {
                if (!failure.isTransient() || tries == TRIES_MAX) {
                    throw failure;
                }
            }
        }
    }

    private <T extends @Nullable Object> T once(
            TransactionDefinition definition, Work<T> work, List<Changes.Change> changed) {
        try {
            return transactions.execute(definition, status -> {
                Sql sql = new Sql(status.getConnection());
                T result = runToItsEnd(work, sql);
                changed.addAll(sql.changes());
                return result;
            });
        } catch (RuntimeException e) {
            throw translated(e);
        }
    }

    private <T extends @Nullable Object> T runToItsEnd(Work<T> work, Sql sql) {
        try {
            T result = work.run(sql);
            leaveNotices(sql);
            return result;
        } catch (SQLException refused) {
            throw SqlFailure.of(refused);
        }
    }

    private void leaveNotices(Sql sql) throws SQLException {
        Instant now = clock.instant();
        for (Changes.Change change : sql.changes()) {
            sql.update("UPDATE config_version SET version = version + 1 WHERE id = 1");
            sql.update(
                    "INSERT INTO config_change (version, kind, target_id, changed_at)"
                            + " SELECT version, ?, ?, ? FROM config_version WHERE id = 1",
                    change.kind(),
                    change.id(),
                    now);
        }
    }

    private static RuntimeException translated(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreUnavailable || cause instanceof SqlFailure) {
                return (RuntimeException) cause;
            }
            if (cause instanceof SQLException refused) {
                return SqlFailure.of(refused);
            }
        }
        return thrown;
    }

    /** Work with a result. */
    public interface Work<T extends @Nullable Object> {
        T run(Sql sql) throws SQLException;
    }

    /** Work without one. */
    public interface Action {
        void run(Sql sql) throws SQLException;
    }
}
