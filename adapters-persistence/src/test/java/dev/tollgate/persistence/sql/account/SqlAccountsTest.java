package dev.tollgate.persistence.sql.account;

import dev.tollgate.application.account.Accounts;
import dev.tollgate.application.account.AccountsContract;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

class SqlAccountsTest extends AccountsContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void empty() {
        DATABASE.transactions().run(sql -> sql.update("DELETE FROM account"));
    }

    @Override
    protected Accounts accounts() {
        return DATABASE.bean(Accounts.class);
    }
}
