package dev.tollgate.persistence.sql;

import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/**
 * The schema's migrations, in the order of their numbers; those applied are kept in {@code schema_migrations}. A server
 * commits each statement that changes tables at once, so a migration that is cut off is run again from its top: each of
 * its statements must be one that may be repeated.
 */
@Singleton
public final class Migrations {
    private static final String HISTORY = "schema_migrations";

    private final DataSource dataSource;
    private final Flyway flyway;

    Migrations(DataSource dataSource) {
        this.dataSource = DelegatingDataSource.unwrapDataSource(dataSource);
        this.flyway = Flyway.configure()
                .dataSource(new Patient(this.dataSource))
                .table(HISTORY)
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                .load();
    }

    /** All there are, applied or not. */
    public List<Migration> list() {
        return Arrays.stream(flyway.info().all()).map(Migration::of).toList();
    }

    /** Those that are not applied yet. */
    public List<Migration> pending() {
        return Arrays.stream(flyway.info().pending()).map(Migration::of).toList();
    }

    /**
     * Applies those that are not applied yet; returns them.
     *
     * @throws CannotMigrate if the schema is not one of ours, or a migration failed
     */
    public List<Migration> apply() {
        try {
            forgetFailed();
            List<Migration> pending = pending();
            if (!pending.isEmpty()) {
                compareTextsExactly();
            }
            int applied = flyway.migrate().migrationsExecuted;
            assert applied <= pending.size();
            return pending;
        } catch (FlywayException | SQLException e) {
            throw new CannotMigrate(String.valueOf(e.getMessage()).strip(), e);
        }
    }

    /** One that failed is not in the way of its next try. */
    private void forgetFailed() {
        if (Arrays.stream(flyway.info().all()).anyMatch(info -> info.getState().isFailed())) {
            var unused = flyway.repair();
        }
    }

    /** Has new tables of a server tell upper case from lower and accents from none, as H2's do. */
    private void compareTextsExactly() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            if (ServerTerms.isServer(connection)) {
                statement.executeUpdate("ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
            }
        }
    }

    /** Connections for work that may take any time, and in which one may idle while another works. */
    private static final class Patient extends DelegatingDataSource {
        Patient(DataSource dataSource) {
            super(dataSource);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setNetworkTimeout(Runnable::run, 0);
            if (ServerTerms.isServer(connection)) {
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate("SET SESSION wait_timeout = 28800");
                }
            }
            return connection;
        }
    }

    /** One of them; not applied yet while its instant is null. */
    public record Migration(
            String version, String description, @Nullable Instant appliedAt) {
        private static Migration of(MigrationInfo info) {
            return new Migration(
                    info.getVersion().getVersion(),
                    info.getDescription(),
                    info.getInstalledOn() == null ? null : info.getInstalledOn().toInstant());
        }
    }

    /** The schema could not be brought up to date. */
    public static final class CannotMigrate extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotMigrate(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
