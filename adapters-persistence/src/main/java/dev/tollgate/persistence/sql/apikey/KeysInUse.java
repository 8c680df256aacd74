package dev.tollgate.persistence.sql.apikey;

import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.util.List;

/** Knows which keys calls came with of late, by the records that are in the database. */
@Singleton
public final class KeysInUse {
    private static final String LAST_USED = "SELECT " + HeldKey.COLUMNS + " FROM key_totals t"
            + " JOIN api_key k ON k.id = t.api_key_id JOIN app_user u ON u.id = k.user_id"
            + " WHERE k.deleted_at IS NULL AND u.deleted_at IS NULL"
            + " ORDER BY t.last_used_at DESC, k.id LIMIT ?";

    private final SqlTransactions transactions;

    KeysInUse(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    /** At most so many, the last used first; keys that were never used are not among them. */
    public List<HeldKey> lastUsed(int max) {
        return transactions.read(sql -> sql.list(LAST_USED, HeldKey::read, max));
    }
}
