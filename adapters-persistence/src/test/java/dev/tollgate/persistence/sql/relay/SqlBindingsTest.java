package dev.tollgate.persistence.sql.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Bindings;
import dev.tollgate.application.relay.BindingsContract;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.persistence.sql.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SqlBindingsTest extends BindingsContract {
    private static final TestDatabase DATABASE = TestDatabase.start();
    private InstantSource clock;
    private SqlBindings bindings;

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @AfterEach
    void empty() {
        DATABASE.transactions().run(sql -> sql.update("DELETE FROM resource_binding"));
    }

    @Override
    protected Bindings create(InstantSource given) {
        clock = given;
        bindings = new SqlBindings(DATABASE.transactions(), given);
        return bindings;
    }

    @Override
    protected Bindings restarted() {
        bindings.flush();
        return new SqlBindings(DATABASE.transactions(), clock);
    }

    @Test
    void prunes_only_what_is_over() {
        SqlBindings old = new SqlBindings(DATABASE.transactions(), () -> Instant.EPOCH);
        old.bind(List.of("old"), new AccountId(1));
        old.flush();
        bindings.bind(List.of("new"), new AccountId(1));
        bindings.flush();

        assertThat(bindings.prune()).isEqualTo(1);
        assertThat(restarted().find(List.of("old", "new"))).containsOnlyKeys("new");
    }
}
