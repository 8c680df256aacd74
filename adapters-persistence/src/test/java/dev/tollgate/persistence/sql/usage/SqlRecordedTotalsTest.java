package dev.tollgate.persistence.sql.usage;

import dev.tollgate.application.usage.RecordedTotals;
import dev.tollgate.application.usage.RecordedTotalsContract;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

class SqlRecordedTotalsTest extends RecordedTotalsContract {
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
    protected RecordedTotals totals() {
        return DATABASE.bean(RecordedTotals.class);
    }
}
