package dev.tollgate.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LostConnectionsTest {
    private final LostConnections lostConnections = new LostConnections();

    @ParameterizedTest
    @ValueSource(strings = {"90098", "90121", "08006"})
    void lets_go_of_what_cannot_be_asked_any_more(String state) {
        assertThat(lostConnections.adjudicate(new SQLException("gone", state))).isEqualTo(Override.MUST_EVICT);
    }

    @ParameterizedTest
    @CsvSource({"HY000,1290", "HY000,1836", "25006,1792"})
    void lets_go_of_a_server_that_only_reads(String state, int code) {
        assertThat(lostConnections.adjudicate(new SQLException("--read-only", state, code)))
                .isEqualTo(Override.MUST_EVICT);
    }

    @Test
    void keeps_a_connection_over_a_refused_statement() {
        assertThat(lostConnections.adjudicate(new SQLException("twice", "23505")))
                .isEqualTo(Override.CONTINUE_EVICT);
    }
}
