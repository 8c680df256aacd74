package dev.tollgate.application.alert;

class InMemoryAlertsTest extends AlertsContract {
    private final InMemoryAlerts alerts = new InMemoryAlerts(IDS);

    @Override
    protected Webhooks webhooks() {
        return alerts;
    }

    @Override
    protected AlertOutbox outbox() {
        return alerts;
    }

    @Override
    protected Deliveries deliveries() {
        return alerts;
    }
}
