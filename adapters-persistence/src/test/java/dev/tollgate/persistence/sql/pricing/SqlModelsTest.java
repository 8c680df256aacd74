package dev.tollgate.persistence.sql.pricing;

import dev.tollgate.application.pricing.Models;
import dev.tollgate.application.pricing.ModelsContract;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

class SqlModelsTest extends ModelsContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void empty() {
        DATABASE.transactions().run(sql -> {
            sql.update("DELETE FROM model_name");
            sql.update("DELETE FROM model");
            sql.update("DELETE FROM price_version");
        });
    }

    @Override
    protected Models models() {
        return DATABASE.bean(Models.class);
    }
}
