package dev.tollgate.persistence.sql.entitlement;

import dev.tollgate.application.entitlement.CreditLedger;
import dev.tollgate.application.entitlement.CreditLedgerContract;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

class SqlCreditLedgerTest extends CreditLedgerContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void empty() {
        DATABASE.transactions().run(sql -> {
            sql.update("DELETE FROM credit_entry");
            sql.update("DELETE FROM credit_account");
        });
    }

    @Override
    protected CreditLedger ledger() {
        return DATABASE.bean(CreditLedger.class);
    }
}
