package dev.tollgate.persistence.sql.apikey;

import dev.tollgate.application.apikey.KeyDigest;
import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.identity.UserRow;
import java.sql.SQLException;

/** A key's digest as it is stored, and who holds it. */
public record HeldKey(KeyDigest digest, KeyHolder holder) {
    static final String COLUMNS = KeyRow.COLUMNS + ", " + UserRow.COLUMNS + ", k.digest, k.digest_key_id";

    static HeldKey read(Row row) throws SQLException {
        return new HeldKey(
                new KeyDigest(row.bytes("digest"), row.text("digest_key_id")),
                new KeyHolder(KeyRow.read(row), UserRow.read(row)));
    }
}
