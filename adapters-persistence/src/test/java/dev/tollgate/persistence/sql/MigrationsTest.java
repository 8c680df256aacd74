package dev.tollgate.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.Settings;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void stop() {
        DATABASE.close();
    }

    @Test
    void are_applied_once() {
        Migrations migrations = DATABASE.bean(Migrations.class);
        assertThat(migrations.list())
                .isNotEmpty()
                .allSatisfy(migration -> assertThat(migration.appliedAt()).isNotNull());
        assertThat(migrations.apply()).isEmpty();
    }

    /** As they are after a start that was killed amid one of them: its tables are there, and nobody noted it. */
    @Test
    void may_be_repeated_one_and_all() {
        try (TestDatabase database = TestDatabase.start()) {
            Migrations migrations = database.bean(Migrations.class);
            int all = migrations.list().size();
            database.transactions().run(sql -> sql.update("DELETE FROM schema_migrations"));

            assertThat(migrations.apply()).hasSize(all);
            assertThat(migrations.apply()).isEmpty();
            assertThat(database.bean(Settings.class).all()).isEmpty();
        }
    }

    @Test
    void are_tried_again_after_one_failed() {
        try (TestDatabase database = TestDatabase.start()) {
            Migrations migrations = database.bean(Migrations.class);
            database.transactions().run(sql -> {
                sql.update("DELETE FROM schema_migrations WHERE version > '009'");
                sql.update("UPDATE schema_migrations SET success = FALSE WHERE version = '009'");
            });

            var unused = migrations.apply();
            assertThat(migrations.list())
                    .allSatisfy(migration -> assertThat(migration.appliedAt()).isNotNull());
        }
    }

    @Test
    void make_tables_that_tell_upper_case_from_lower_and_accents_from_none() {
        Settings settings = DATABASE.bean(Settings.class);
        settings.change(Map.of("resume", "1", "Resume", "2", "résumé", "3", "简历", "4", "📄", "5"), Set.of());
        settings.change(Map.of(), Set.of("RESUME", "resumé"));
        assertThat(settings.all())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("resume", "1", "Resume", "2", "résumé", "3", "简历", "4", "📄", "5"));
    }
}
