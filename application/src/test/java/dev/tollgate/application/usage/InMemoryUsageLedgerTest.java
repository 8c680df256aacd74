package dev.tollgate.application.usage;

class InMemoryUsageLedgerTest extends UsageLedgerContract {
    private final InMemoryUsageLedger ledger = new InMemoryUsageLedger();

    @Override
    protected UsageLedger ledger() {
        return ledger;
    }
}
