package dev.tollgate.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerTermsTest {
    private static final String STRICT = "STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION";

    @Test
    void takes_servers_that_are_new_enough_and_strict() {
        assertThat(ServerTerms.faults("8.0.36", STRICT)).isEmpty();
        assertThat(ServerTerms.faults("9.1.0-commercial", "STRICT_ALL_TABLES")).isEmpty();
        assertThat(ServerTerms.faults("10.6.5-MariaDB-log", STRICT)).isEmpty();
        assertThat(ServerTerms.faults("11.4.5-MariaDB", STRICT)).isEmpty();
    }

    @Test
    void refuses_servers_that_are_too_old() {
        assertThat(ServerTerms.faults("5.7.44", STRICT))
                .singleElement()
                .asString()
                .contains("5.7.44");
        assertThat(ServerTerms.faults("10.5.9-MariaDB", STRICT)).hasSize(1);
        assertThat(ServerTerms.faults("unknown", STRICT)).hasSize(1);
    }

    @Test
    void refuses_modes_under_which_sums_go_wrong() {
        assertThat(ServerTerms.faults("8.0.36", "")).singleElement().asString().contains("STRICT_TRANS_TABLES");
        assertThat(ServerTerms.faults("10.11.4-MariaDB", STRICT + ",SIMULTANEOUS_ASSIGNMENT"))
                .singleElement()
                .asString()
                .contains("must not have SIMULTANEOUS_ASSIGNMENT");
    }
}
