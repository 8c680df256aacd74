package dev.tollgate.persistence.sql;

import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.StoreUnavailable;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.support.DefaultTransactionDefinition;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in transactions. A write that loses a deadlock is run again, so work must not touch anything but its
 * {@link Sql}. Work started inside other work joins its transaction; what writes must not start inside what reads.
 *
 * <p>A server that is silent for two seconds while it reads, or ten while it writes and may wait for locks, is away; see
 * {@link #patient}. Throws {@link StoreUnavailable} when the database is away, {@link SqlFailure} when it refused a
 * statement.
 */
@Singleton
public final class SqlTransactions {
    private static final int TRIES_MAX = 5;
    private static final Duration WRITES_SILENCE = Duration.ofSeconds(10);

    private final TransactionOperations<Connection> transactions;
    private final InstantSource clock;
    private final List<Runnable> onChange;
    private final DatabaseDoor door;
    private final WritersTurn turn;
    private final Duration readsSilence;
    private final Duration writesSilence;

    @Inject
    SqlTransactions(TransactionOperations<Connection> transactions, InstantSource clock, WritersTurn turn) {
        this(transactions, clock, new ArrayList<>(), new DatabaseDoor(), turn, ServerTerms.SILENCE_MAX, WRITES_SILENCE);
    }

    private SqlTransactions(
            TransactionOperations<Connection> transactions,
            InstantSource clock,
            List<Runnable> onChange,
            DatabaseDoor door,
            WritersTurn turn,
            Duration readsSilence,
            Duration writesSilence) {
        this.transactions = transactions;
        this.clock = clock;
        this.onChange = onChange;
        this.door = door;
        this.turn = turn;
        this.readsSilence = readsSilence;
        this.writesSilence = writesSilence;
    }

    /** The same for work that takes long by its nature: the server may be silent for that time. */
    public SqlTransactions patient(Duration silence) {
        return new SqlTransactions(transactions, clock, onChange, door, turn, silence, silence);
    }

    /** Runs work that only reads. */
    public <T extends @Nullable Object> T read(Work<T> work) {
        return once(TransactionDefinition.READ_ONLY, readsSilence, work, new ArrayList<>());
    }

    /** Runs work that only reads and sees everything as it is at one moment, whatever is committed meanwhile. */
    public <T extends @Nullable Object> T ofOneMoment(Work<T> work) {
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition(TransactionDefinition.READ_ONLY);
        definition.setIsolationLevel(oneMoment());
        return once(definition, readsSilence, work, new ArrayList<>());
    }

    /** H2 keeps one moment's view of several tables only when it is asked for more. */
    private TransactionDefinition.Isolation oneMoment() {
        boolean isH2 = read(
                sql -> sql.connection().getMetaData().getDatabaseProductName().equals("H2"));
        return isH2 ? TransactionDefinition.Isolation.SERIALIZABLE : TransactionDefinition.Isolation.REPEATABLE_READ;
    }

    /** Runs work and commits it, with the notices of what it changed; listeners on this node have them on return. */
    public <T extends @Nullable Object> T write(Work<T> work) {
        if (transactions.hasConnection()) {
            assert turn.isTaken() : "what writes has started inside what reads";
            return once(TransactionDefinition.DEFAULT, writesSilence, work, new ArrayList<>());
        }
        List<Changes.Change> changed = new ArrayList<>();
        T result = turn.within(writesSilence, () -> untilNoDeadlock(work, changed));
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
                return once(TransactionDefinition.DEFAULT, writesSilence, work, changed);
            } catch (SqlFailure failure) {
                if (!failure.isTransient() || tries == TRIES_MAX) {
                    throw failure;
                }
            }
        }
    }

    private <T extends @Nullable Object> T once(
            TransactionDefinition definition, Duration silence, Work<T> work, List<Changes.Change> changed) {
        boolean isOwn = !transactions.hasConnection();
        if (isOwn) {
            door.enter();
        }
        AtomicReference<StoreUnavailable> lost = new AtomicReference<>();
        try {
            return transactions.execute(definition, status -> {
                Sql sql = new Sql(status.getConnection());
                if (isOwn) {
                    begun(sql.connection(), silence);
                }
                T result = runToItsEnd(work, sql, lost);
                changed.addAll(sql.changes());
                return result;
            });
        } catch (RuntimeException e) {
            StoreUnavailable before = lost.get(); // a lost connection cannot be rolled back either
            throw before != null ? before : translated(e);
        }
    }

    /** A connection comes with the shortest patience, and goes back to the pool with it. */
    private void begun(Connection connection, Duration silence) {
        door.answered();
        if (!silence.equals(ServerTerms.SILENCE_MAX)) {
            try {
                connection.setNetworkTimeout(Runnable::run, Math.toIntExact(silence.toMillis()));
            } catch (SQLException refused) {
                throw SqlFailure.of(refused);
            }
        }
    }

    private <T extends @Nullable Object> T runToItsEnd(Work<T> work, Sql sql, AtomicReference<StoreUnavailable> lost) {
        try {
            T result = work.run(sql);
            leaveNotices(sql);
            return result;
        } catch (SQLException refused) {
            RuntimeException failure = SqlFailure.of(refused);
            if (failure instanceof StoreUnavailable away) {
                lost.set(away);
            }
            throw failure;
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

    private RuntimeException translated(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                door.gaveNoConnection(); // the pool's word for it
            }
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
