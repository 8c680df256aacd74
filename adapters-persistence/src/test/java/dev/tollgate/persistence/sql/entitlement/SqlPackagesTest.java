package dev.tollgate.persistence.sql.entitlement;

import dev.tollgate.application.entitlement.Packages;
import dev.tollgate.application.entitlement.PackagesContract;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

class SqlPackagesTest extends PackagesContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void empty() {
        DATABASE.transactions().run(sql -> sql.update("DELETE FROM package_offer"));
    }

    @Override
    protected Packages packages() {
        return DATABASE.bean(Packages.class);
    }
}
