package dev.tollgate.persistence.sql.entitlement;

import dev.tollgate.application.entitlement.RedeemCodes;
import dev.tollgate.application.entitlement.RedeemCodesContract;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

class SqlRedeemCodesTest extends RedeemCodesContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void empty() {
        DATABASE.transactions().run(sql -> {
            sql.update("DELETE FROM redeem_use");
            sql.update("DELETE FROM redeem_code");
        });
    }

    @Override
    protected RedeemCodes codes() {
        return DATABASE.bean(RedeemCodes.class);
    }
}
