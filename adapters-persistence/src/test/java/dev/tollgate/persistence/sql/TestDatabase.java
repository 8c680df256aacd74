package dev.tollgate.persistence.sql;

import io.micronaut.context.ApplicationContext;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/**
 * A throw-away H2 database with every migration applied, and the persistence beans on it. Start one for a test class,
 * in a static field, and close it after the last test.
 */
public final class TestDatabase implements AutoCloseable {
    private final ApplicationContext context;

    private TestDatabase(ApplicationContext context) {
        this.context = context;
    }

    /** Starts with the system's clock; {@code singletons} are beans that the adapters under test need besides. */
    public static TestDatabase start(Object... singletons) {
        return start(InstantSource.system(), singletons);
    }

    public static TestDatabase start(InstantSource clock, Object... singletons) {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";
        ApplicationContext context = ApplicationContext.builder(Map.of(
                        "datasources.default.url", url,
                        "datasources.default.driver-class-name", "org.h2.Driver",
                        "datasources.default.username", "sa",
                        "datasources.default.password", "",
                        "datasources.default.dialect", "MYSQL",
                        "datasources.default.schema-generate", "NONE",
                        "datasources.default.transaction-isolation", "TRANSACTION_READ_COMMITTED",
                        "flyway.datasources.default.enabled", true,
                        "flyway.datasources.default.table", "schema_migrations"))
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .build();
        context.registerSingleton(InstantSource.class, clock);
        for (Object singleton : singletons) {
            context.registerSingleton(singleton);
        }
        return new TestDatabase(context.start());
    }

    public SqlTransactions transactions() {
        return context.getBean(SqlTransactions.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
