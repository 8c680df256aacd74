package dev.tollgate.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    @ParameterizedTest
    @ValueSource(strings = {"--dry-run", "--list"})
    void does_not_add_data_where_it_is_only_to_look(String looking) {
        assertThat(run("migrate", "--seed", looking)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith("--seed changes the database, --list and --dry-run only look");
    }

    @Test
    void an_audit_that_cannot_look_says_why_and_not_that_there_are_differences(@TempDir Path data) throws IOException {
        Path damaged = Files.createDirectories(data.resolve("journal")).resolve("000000000001.journal");
        Files.writeString(damaged, "this is not a journal");
        System.setProperty("tollgate.data-dir", data.toString());
        try {
            assertThat(run("audit")).isEqualTo(4);
            assertThat(err.toString().lines())
                    .singleElement()
                    .asString()
                    .startsWith("tollgate: ")
                    .contains(damaged.toString());
            assertThat(run("prices", "export")).isEqualTo(1);
        } finally {
            System.clearProperty("tollgate.data-dir");
        }
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

    @Test
    void does_not_start_on_a_bad_setting_and_says_so_in_one_line() {
        System.setProperty("tollgate.shards", "many");
        try {
            assertThat(run()).isEqualTo(1);
            assertThat(err.toString().lines())
                    .singleElement()
                    .asString()
                    .startsWith("tollgate: TOLLGATE_SHARDS must be a whole number");
        } finally {
            System.clearProperty("tollgate.shards");
        }
    }

    @Test
    void demonstrates_with_a_curl_to_paste_and_throws_everything_away() {
        Map<String, String> settings =
                Map.of("tollgate.port", "-1", "tollgate.management-port", "-1", "tollgate.exit-when-ready", "true");
        settings.forEach(System::setProperty);
        try {
            assertThat(run("demo")).as("%s", err).isZero();
            assertThat(out.toString())
                    .containsPattern("Sign in as admin with the password\\R\\R    \\S{20}\\R")
                    .containsPattern("-d '\\{\"username\":\"admin\",\"password\":\"\\S{20}\"}'")
                    .containsPattern("curl -N http://127\\.0\\.0\\.1:\\d+/v1/chat/completions")
                    .contains("authorization: Bearer tg-");
            String data = out.toString()
                    .lines()
                    .filter(line -> line.startsWith("Data: "))
                    .map(line -> line.split(" ", -1)[1])
                    .findFirst()
                    .orElseThrow();
            assertThat(Path.of(data)).doesNotExist();
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }

    private int run(String... arguments) {
        return Tollgate.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
