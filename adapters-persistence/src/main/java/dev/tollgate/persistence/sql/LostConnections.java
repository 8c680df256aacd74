package dev.tollgate.persistence.sql;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Tells the connection pool which failures end a connection that it does not know of: after a full disk H2 closes its
 * file, and opens it again only once every connection of before is gone; after a failover the primary of before reads
 * on, and writes nothing.
 */
public final class LostConnections implements SQLExceptionOverride {
    @java.lang.Override
    public Override adjudicate(SQLException refused) {
        return SqlFailure.isConnectionLost(refused) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
