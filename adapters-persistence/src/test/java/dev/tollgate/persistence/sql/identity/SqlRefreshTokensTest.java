package dev.tollgate.persistence.sql.identity;

import dev.tollgate.application.identity.RefreshTokens;
import dev.tollgate.application.identity.RefreshTokensContract;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

class SqlRefreshTokensTest extends RefreshTokensContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @AfterEach
    void empty() {
        DATABASE.transactions().run(sql -> sql.update("DELETE FROM refresh_token"));
    }

    @Override
    protected RefreshTokens tokens() {
        return DATABASE.bean(RefreshTokens.class);
    }
}
