package dev.tollgate.persistence.sql.alert;

import dev.tollgate.application.alert.AlertOutbox;
import dev.tollgate.application.alert.AlertsContract;
import dev.tollgate.application.alert.Deliveries;
import dev.tollgate.application.alert.Webhooks;
import dev.tollgate.persistence.sql.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

class SqlAlertsTest extends AlertsContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @AfterEach
    void empty() {
        DATABASE.transactions().run(sql -> {
            for (String table : List.of("webhook_attempt", "webhook_delivery", "webhook", "alert_condition", "alert")) {
                sql.update("DELETE FROM " + table);
            }
        });
    }

    @Override
    protected Webhooks webhooks() {
        return new SqlWebhooks(DATABASE.transactions());
    }

    @Override
    protected AlertOutbox outbox() {
        return new SqlAlertOutbox(DATABASE.transactions(), IDS);
    }

    @Override
    protected Deliveries deliveries() {
        return new SqlDeliveries(DATABASE.transactions());
    }
}
