package dev.tollgate.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.StoreUnavailable;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SqlFailureTest {
    @Test
    void a_connection_that_the_pool_had_to_close_means_the_database_is_away() {
        assertThat(SqlFailure.of(new SQLException("Connection is closed"))).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void a_refused_statement_does_not() {
        assertThat(SqlFailure.of(new SQLException("twice", "23505"))).isInstanceOf(SqlFailure.class);
        assertThat(SqlFailure.of(new SQLException("Connection is closed", "42000")))
                .isInstanceOf(SqlFailure.class);
    }
}
