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
