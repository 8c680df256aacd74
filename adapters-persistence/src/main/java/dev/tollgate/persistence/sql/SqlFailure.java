package dev.tollgate.persistence.sql;

import dev.tollgate.application.identity.StoreUnavailable;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The database refused a statement. */
public final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** MySQL's and MariaDB's number; its state is the general one, and the statement alone is rolled back. */
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    /**
     * MySQL's and MariaDB's numbers for a server that only reads, by its option, its engine's or its transaction: the
     * primary of before, after a failover. Another connection may reach the one of now.
     */
    private static final Set<Integer> READS_ONLY = Set.of(1290, 1836, 1792);

    /** What the pool says, without a state, where a rollback finds the connection gone and hides why. */
    private static final String CLOSED = "Connection is closed";

    private final transient SQLException refused;

    private SqlFailure(SQLException refused) {
        super(refused.getMessage(), refused);
        this.refused = refused;
    }

    static RuntimeException of(SQLException refused) {
        return isConnectionLost(refused)
                ? new StoreUnavailable("the database cannot be reached", refused)
                : new SqlFailure(refused);
    }

    /** Whether a unique key was in the way. */
    public boolean isDuplicate() {
        return isDuplicate(refused);
    }

    /** Whether a unique key was in the way of a statement. */
    public static boolean isDuplicate(SQLException refused) {
        return refused instanceof SQLIntegrityConstraintViolationException || stateStartsWith(refused, "23");
    }

    /** Whether the same transaction may succeed when it is run again: it lost a deadlock or waited too long. */
    boolean isTransient() {
        return refused instanceof SQLTransientException
                || stateStartsWith(refused, "40")
                || refused.getErrorCode() == LOCK_WAIT_TIMEOUT;
    }

    /** Whether nothing more can be asked, or nothing can be written, over the connection. */
    static boolean isConnectionLost(SQLException refused) {
        return refused instanceof SQLTransientConnectionException
                || refused instanceof SQLNonTransientConnectionException
                || (refused.getSQLState() == null && CLOSED.equals(refused.getMessage()))
                || READS_ONLY.contains(refused.getErrorCode())
                || stateStartsWith(refused, "08")
                || stateStartsWith(refused, "90098")
                || stateStartsWith(refused, "90121");
    }

    private static boolean stateStartsWith(SQLException refused, String start) {
        @Nullable String state = refused.getSQLState();
        return state != null && state.startsWith(start);
    }
}
