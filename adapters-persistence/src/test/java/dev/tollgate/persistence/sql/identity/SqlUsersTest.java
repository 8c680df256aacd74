package dev.tollgate.persistence.sql.identity;

import dev.tollgate.application.identity.Users;
import dev.tollgate.application.identity.UsersContract;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

class SqlUsersTest extends UsersContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @AfterEach
    void empty() {
        DATABASE.transactions().run(sql -> sql.update("DELETE FROM app_user"));
    }

    @Override
    protected Users users() {
        return DATABASE.bean(Users.class);
    }
}
