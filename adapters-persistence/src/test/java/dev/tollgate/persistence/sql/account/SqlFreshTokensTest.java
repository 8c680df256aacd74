package dev.tollgate.persistence.sql.account;

import dev.tollgate.application.account.Accounts;
import dev.tollgate.application.account.FreshTokensContract;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.Leases;
import dev.tollgate.persistence.sql.TestDatabase;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;

/** Nodes that share a database and nothing else. */
class SqlFreshTokensTest extends FreshTokensContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    protected Changes changes() {
        return DATABASE.bean(Changes.class);
    }

    @Override
    protected Accounts accounts() {
        DATABASE.transactions().run(sql -> sql.update("DELETE FROM account"));
        return DATABASE.bean(Accounts.class);
    }

    @Override
    protected Leases leases(InstantSource clock) {
        DATABASE.transactions().run(sql -> sql.update("DELETE FROM lease"));
        return DATABASE.bean(Leases.class);
    }
}
