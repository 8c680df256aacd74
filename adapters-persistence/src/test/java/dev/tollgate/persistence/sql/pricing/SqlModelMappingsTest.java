package dev.tollgate.persistence.sql.pricing;

import dev.tollgate.application.pricing.ModelMappings;
import dev.tollgate.application.pricing.ModelMappingsContract;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

class SqlModelMappingsTest extends ModelMappingsContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void empty() {
        DATABASE.transactions().run(sql -> {
            sql.update("DELETE FROM model_mapping");
        });
    }

    @Override
    protected ModelMappings mappings() {
        return DATABASE.bean(ModelMappings.class);
    }
}
