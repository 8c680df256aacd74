package dev.tollgate.persistence.sql.usage.query;

import dev.tollgate.application.usage.SubjectUsage;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.application.usage.UsageQueries;
import dev.tollgate.application.usage.UsageReadsContract;
import dev.tollgate.application.usage.UsageRecords;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.persistence.sql.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

class SqlUsageReadsTest extends UsageReadsContract {
    private static final TestDatabase DATABASE = TestDatabase.start();
    private static final List<String> TABLES = List.of(
            "usage_record",
            "usage_attempt",
            "usage_quarter",
            "usage_day",
            "window_usage",
            "account_totals",
            "account_upstream",
            "user_totals",
            "key_totals");

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void empty() {
        DATABASE.transactions().run(sql -> {
            for (String table : TABLES) {
                sql.update("DELETE FROM " + table);
            }
        });
    }

    @Override
    protected UsageRecords records() {
        return DATABASE.bean(UsageRecords.class);
    }

    @Override
    protected UsageQueries queries() {
        return DATABASE.bean(UsageQueries.class);
    }

    @Override
    protected SubjectUsage subjects() {
        return DATABASE.bean(SubjectUsage.class);
    }

    @Override
    protected void record(List<Settlement> settlements) {
        DATABASE.bean(UsageLedger.class).record(7, settlements, null);
    }
}
