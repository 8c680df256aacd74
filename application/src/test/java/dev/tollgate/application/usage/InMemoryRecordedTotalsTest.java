package dev.tollgate.application.usage;

class InMemoryRecordedTotalsTest extends RecordedTotalsContract {
    private final InMemoryUsageLedger ledger = new InMemoryUsageLedger();

    @Override
    protected UsageLedger ledger() {
        return ledger;
    }

    @Override
    protected RecordedTotals totals() {
        return new InMemoryRecordedTotals(ledger);
    }
}
