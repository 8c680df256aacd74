package dev.tollgate.persistence.sql.account;

import dev.tollgate.application.account.AccountGroups;
import dev.tollgate.application.account.AccountGroupsContract;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

class SqlAccountGroupsTest extends AccountGroupsContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void empty() {
        DATABASE.transactions().run(sql -> sql.update("DELETE FROM account_group"));
    }

    @Override
    protected AccountGroups groups() {
        return DATABASE.bean(AccountGroups.class);
    }
}
