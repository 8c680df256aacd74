package dev.tollgate.persistence.sql.usage;

import dev.tollgate.application.usage.RecordedUsage;
import dev.tollgate.application.usage.RecordedUsageContract;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

class SqlRecordedUsageTest extends RecordedUsageContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void stop() {
        DATABASE.close();
    }

    @AfterEach
    void empty() {
        UsageTables.empty(DATABASE);
    }

    @Override
    protected UsageLedger ledger() {
        return DATABASE.bean(UsageLedger.class);
    }

    @Override
    protected RecordedUsage recorded() {
        return DATABASE.bean(RecordedUsage.class);
    }
}
