package dev.tollgate.persistence.sql.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.alert.SpendingLooks;
import dev.tollgate.application.alert.SpendingLooksContract;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.persistence.sql.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

class SqlSpendingLooksTest extends SpendingLooksContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    private final UsageLedger ledger = new SqlUsageLedger(DATABASE.transactions(), () -> SteppedClock.NOON);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @AfterEach
    void empty() {
        UsageTables.empty(DATABASE);
        DATABASE.transactions().run(sql -> {
            sql.update("DELETE FROM alert_look");
            sql.update("DELETE FROM alert_credit");
        });
    }

    @Override
    protected SpendingLooks looks() {
        return new SqlSpendingLooks(DATABASE.transactions());
    }

    @Override
    protected void record(List<Settlement> batch) {
        assertThat(ledger.record(SHARD, batch, null, () -> true)).isTrue();
    }
}
