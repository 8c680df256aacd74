package dev.tollgate.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void tells_its_version() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("tollgate ");
    }

    @Test
    void helps_with_every_command() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("demo", "migrate", "audit", "prices", "config", "docs/operations.md");
    }

    @Test
    void refuses_what_it_does_not_know() {
        assertThat(run("serve")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("serve");
    }

    @Test
    void asks_which_way_prices_are_to_go() {
        assertThat(run("prices")).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    @Test
    void says_in_one_line_that_a_file_is_not_there() {
        assertThat(run("prices", "import", "/no/such/file.json")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("tollgate: cannot read /no/such/file.json" + System.lineSeparator());
    }

    @Test
    void finds_the_settings_of_a_clean_environment_in_order() {
        assertThat(run("config", "check")).as("%s", err).isZero();
    }

    @Test
    void names_a_setting_that_is_wrong() {
        System.setProperty("tollgate.port", "abc");
        try {
            assertThat(run("config", "check")).isEqualTo(1);
            assertThat(err.toString()).startsWith("tollgate: TOLLGATE_PORT must be a port");
        } finally {
            System.clearProperty("tollgate.port");
        }
    }

    private int run(String... arguments) {
        return Tollgate.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
