package dev.tollgate.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.StoreUnavailable;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailureTest {
    @Test
    void a_connection_that_the_pool_had_to_close_means_the_database_is_away() {
        assertThat(SqlFailure.of(new SQLException("Connection is closed"))).isInstanceOf(StoreUnavailable.class);
    }

    @ParameterizedTest
    @CsvSource({"HY000,1290", "HY000,1836", "25006,1792"})
    void so_does_a_server_that_only_reads(String state, int code) {
        assertThat(SqlFailure.of(new SQLException("--read-only", state, code))).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void a_refused_statement_does_not() {
        assertThat(SqlFailure.of(new SQLException("twice", "23505"))).isInstanceOf(SqlFailure.class);
        assertThat(SqlFailure.of(new SQLException("Connection is closed", "42000")))
                .isInstanceOf(SqlFailure.class);
    }
}
