package dev.tollgate.persistence.sql;

import dev.tollgate.persistence.server.MariaDb;
import io.micronaut.context.ApplicationContext;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A throw-away database with every migration applied, and the persistence beans on it: H2, or a schema of a MariaDB or
 * MySQL server where the property {@code tollgate.test.database} says {@code mariadb} or {@code mysql}. Start one for a test class, in a static
 * field, and close it after the last test.
 */
public final class TestDatabase implements AutoCloseable {
    private static final String KIND = System.getProperty("tollgate.test.database", "h2");

    private final ApplicationContext context;

    private TestDatabase(ApplicationContext context) {
        this.context = context;
    }

    /** Starts with the system's clock; {@code singletons} are beans that the adapters under test need besides. */
    public static TestDatabase start(Object... singletons) {
        return start(InstantSource.system(), singletons);
    }

    public static TestDatabase start(InstantSource clock, Object... singletons) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "datasources.default.dialect", "MYSQL",
                "datasources.default.schema-generate", "NONE",
                "datasources.default.transaction-isolation", "TRANSACTION_READ_COMMITTED",
                "flyway.enabled", false));
        properties.putAll(dataSource());
        ApplicationContext context = ApplicationContext.builder(properties)
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .build();
        context.registerSingleton(InstantSource.class, clock);
        for (Object singleton : singletons) {
            context.registerSingleton(singleton);
        }
        TestDatabase database = new TestDatabase(context.start());
        assertUsable(database);
        return database;
    }

    private static void assertUsable(TestDatabase database) {
        if (!database.bean(ServerTerms.class).faults().isEmpty()
                || database.bean(Migrations.class).apply().isEmpty()) {
            throw new AssertionError("not a new database that will do");
        }
    }

    private static Map<String, Object> dataSource() {
        return switch (KIND) {
            case "h2" ->
                Map.of(
                        "datasources.default.url",
                        "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
                        "datasources.default.driver-class-name",
                        "org.h2.Driver",
                        "datasources.default.username",
                        "sa",
                        "datasources.default.password",
                        "");
            case "mariadb" -> server(MariaDb.newSchema());
            case "mysql" -> server(MariaDb.newSchemaOnMySql());
            default ->
                throw new IllegalArgumentException("tollgate.test.database is h2, mariadb or mysql, not " + KIND);
        };
    }

    private static Map<String, Object> server(String url) {
        return Map.of(
                "datasources.default.url",
                url,
                "datasources.default.driver-class-name",
                ServerTerms.DRIVER,
                "datasources.default.username",
                MariaDb.USER,
                "datasources.default.password",
                "",
                "datasources.default.data-source-properties",
                ServerTerms.DRIVER_PROPERTIES);
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
