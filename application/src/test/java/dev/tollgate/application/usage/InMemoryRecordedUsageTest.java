package dev.tollgate.application.usage;

class InMemoryRecordedUsageTest extends RecordedUsageContract {
    private final InMemoryUsageLedger ledger = new InMemoryUsageLedger();

    @Override
    protected UsageLedger ledger() {
        return ledger;
    }

    @Override
    protected RecordedUsage recorded() {
        return new InMemoryRecordedUsage(ledger);
    }
}
