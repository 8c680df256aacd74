package dev.tollgate.persistence.sql.entitlement;

import dev.tollgate.application.entitlement.UserPackages;
import dev.tollgate.application.entitlement.UserPackagesContract;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

class SqlUserPackagesTest extends UserPackagesContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void empty() {
        DATABASE.transactions().run(sql -> {
            sql.update("DELETE FROM user_package");
            sql.update("DELETE FROM package_event");
        });
    }

    @Override
    protected UserPackages userPackages() {
        return DATABASE.bean(UserPackages.class);
    }
}
