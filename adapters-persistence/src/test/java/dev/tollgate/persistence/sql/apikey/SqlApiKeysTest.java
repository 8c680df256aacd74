package dev.tollgate.persistence.sql.apikey;

import dev.tollgate.application.apikey.ApiKeys;
import dev.tollgate.application.apikey.ApiKeysContract;
import dev.tollgate.application.identity.Users;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

class SqlApiKeysTest extends ApiKeysContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @AfterEach
    void empty() {
        DATABASE.transactions().run(sql -> {
            sql.update("DELETE FROM api_key");
            sql.update("DELETE FROM app_user");
        });
    }

    @Override
    protected ApiKeys keys() {
        return DATABASE.bean(ApiKeys.class);
    }

    @Override
    protected Users users() {
        return DATABASE.bean(Users.class);
    }
}
