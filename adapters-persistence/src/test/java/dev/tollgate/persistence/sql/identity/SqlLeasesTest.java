package dev.tollgate.persistence.sql.identity;

import dev.tollgate.application.identity.Leases;
import dev.tollgate.application.identity.LeasesContract;
import dev.tollgate.persistence.sql.TestDatabase;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

class SqlLeasesTest extends LeasesContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @AfterEach
    void empty() {
        DATABASE.transactions().run(sql -> sql.update("DELETE FROM lease"));
    }

    @Override
    protected Leases create(InstantSource clock) {
        return new SqlLeases(DATABASE.transactions(), clock);
    }
}
