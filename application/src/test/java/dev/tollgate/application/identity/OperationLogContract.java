package dev.tollgate.application.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.OperationLog.Operation;
import dev.tollgate.domain.identity.UserId;
import org.junit.jupiter.api.Test;

/** What every operation log does. */
public abstract class OperationLogContract {
    protected abstract OperationLog log();

    @Test
    void entries_come_back_newest_first_a_stretch_at_a_time() {
        log().add(operation(1, "{\"name\":\"ä\"}"));
        log().add(operation(3, null));
        log().add(operation(2, null));

        assertThat(log().list(null, 2)).containsExactly(operation(3, null), operation(2, null));
        assertThat(log().list(2L, 9)).containsExactly(operation(1, "{\"name\":\"ä\"}"));
        assertThat(log().list(1L, 9)).isEmpty();
    }

    @Test
    void an_entry_may_be_long() {
        Operation imported = operation(1, "\"" + "价".repeat(100_000) + "\"");
        log().add(imported);

        assertThat(log().list(null, 9)).containsExactly(imported);
    }

    private static Operation operation(long id, String before) {
        return new Operation(
                id,
                Examples.START,
                new UserId(11),
                "ann",
                "PUT",
                "/api/admin/users/5",
                "users",
                before == null ? null : "5",
                before,
                null,
                "2001:db8::1",
                "a request");
    }
}
