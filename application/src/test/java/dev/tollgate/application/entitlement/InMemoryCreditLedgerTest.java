package dev.tollgate.application.entitlement;

class InMemoryCreditLedgerTest extends CreditLedgerContract {
    private final CreditLedger ledger = new InMemoryCreditLedger();

    @Override
    protected CreditLedger ledger() {
        return ledger;
    }
}
