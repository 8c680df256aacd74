package dev.tollgate.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.Changes.Change;
import dev.tollgate.application.identity.Changes.Kind;
import dev.tollgate.application.identity.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SqlChangesTest {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void tells_this_nodes_listeners_before_the_edit_returns() {
        List<Change> heard = new CopyOnWriteArrayList<>();
        DATABASE.bean(Changes.class).subscribe(heard::add);

        DATABASE.transactions().run(sql -> {
            sql.changed(Kind.USER, 7);
            sql.changed(Kind.API_KEY, 9);
        });

        assertThat(heard).containsExactly(new Change(Kind.USER, 7), new Change(Kind.API_KEY, 9));
    }

    @Test
    void says_nothing_of_an_edit_that_was_rolled_back() {
        List<Change> heard = new CopyOnWriteArrayList<>();
        DATABASE.bean(Changes.class).subscribe(heard::add);

        Assertions.assertThatThrownBy(() -> DATABASE.transactions().run(sql -> {
                    sql.changed(Kind.USER, 8);
                    sql.update("INSERT INTO no_such_table VALUES (1)");
                }))
                .isInstanceOf(SqlFailure.class);
        DATABASE.transactions().run(sql -> sql.changed(Kind.PACKAGE, 1));

        assertThat(heard).containsExactly(new Change(Kind.PACKAGE, 1));
    }

    @Test
    void keeps_settings_until_they_are_back_at_their_default() {
        Settings settings = DATABASE.bean(Settings.class);

        settings.change(Map.of("sync.interval", "5m", "log.level", "debug"), Set.of());
        settings.change(Map.of("sync.interval", "1m"), Set.of("log.level"));

        assertThat(settings.all()).containsExactly(Map.entry("sync.interval", "1m"));
    }
}
