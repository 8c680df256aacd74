package dev.tollgate.bootstrap.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.identity.OperationLog;
import dev.tollgate.bootstrap.command.Commands;
import dev.tollgate.bootstrap.command.Report;
import dev.tollgate.bootstrap.demo.DemoData;
import dev.tollgate.bootstrap.server.AdminClient;
import dev.tollgate.bootstrap.settings.StartRefused;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {
    private static final byte[] NOTHING = {};

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void is_ready_when_it_has_started_and_not_once_it_drains() throws Exception {
        try (Gateway gateway = start()) {
            assertThat(status(gateway.uri().resolve("/health/readiness"))).isEqualTo(200);
            gateway.context().getBean(Phase.class).drain();
            assertThat(status(gateway.uri().resolve("/health/readiness"))).isEqualTo(503);
            assertThat(status(gateway.uri().resolve("/health/liveness"))).isEqualTo(200);
        }
    }

    @Test
    void shows_its_metrics_on_the_management_port_alone() throws Exception {
        try (Gateway gateway = start()) {
            assertThat(status(gateway.managementUri().resolve("/prometheus"))).isEqualTo(200);
            assertThat(status(gateway.uri().resolve("/prometheus"))).isIn(401, 404);
            assertThat(status(gateway.managementUri().resolve("/health/readiness")))
                    .isEqualTo(404);
        }
    }

    @Test
    void answers_preflights_of_origins_that_may_call_and_of_no_others() throws Exception {
        Map<String, Object> settings = new HashMap<>(settings());
        settings.put("tollgate.cors-origins", "https://console.example");
        try (Gateway gateway = Gateway.start(settings)) {
            assertThat(preflight(gateway, "https://console.example"))
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(200))
                    .satisfies(answer -> assertThat(answer.headers().firstValue("access-control-allow-origin"))
                            .contains("https://console.example"));
            assertThat(preflight(gateway, "https://elsewhere.example")
                            .headers()
                            .firstValue("access-control-allow-origin"))
                    .isEmpty();
        }
    }

    private HttpResponse<Void> preflight(Gateway gateway, String origin) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.uri().resolve("/v1/chat/completions"))
                .header("origin", origin)
                .header("access-control-request-method", "POST")
                .method("OPTIONS", BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.discarding());
    }

    @Test
    void makes_the_admin_once_and_tells_the_password_once() {
        try (Gateway first = Gateway.start(withoutPassword(-1))) {
            assertThat(first.firstPassword()).isPresent();
        }
        try (Gateway second = Gateway.start(withoutPassword(-1))) {
            assertThat(second.firstPassword()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit", "prices-export", "migrate"})
    void commands_before_the_first_start_leave_it_the_admin_to_make(String command) {
        Report report = Commands.run(withoutPassword(-1), command, Set.of("seed"), NOTHING);
        assertThat(report.status()).isZero();
        try (Gateway first = Gateway.start(withoutPassword(-1))) {
            String password = first.firstPassword().orElseThrow();
            assertThat(AdminClient.login(first.uri(), "admin", password)).isNotNull();
        }
    }

    @Test
    void a_start_that_fails_before_anything_can_be_served_makes_no_admin() {
        List<String> told = new ArrayList<>();
        assertThatThrownBy(() -> Gateway.start(
                        withoutPassword(-1),
                        prepared -> {
                            throw new StartRefused("for the test");
                        },
                        told::add))
                .hasMessage("for the test");
        assertThat(told).isEmpty();
        try (Gateway next = Gateway.start(withoutPassword(-1))) {
            assertThat(next.firstPassword()).isPresent();
        }
    }

    @Test
    void a_start_that_fails_once_there_is_an_admin_has_told_the_password() throws IOException {
        List<String> told = new ArrayList<>();
        try (ServerSocket taken = new ServerSocket()) {
            int port = Ports.free();
            Consumer<ApplicationContext> takeThePort = prepared -> bind(taken, port);
            assertThatThrownBy(() -> Gateway.start(withoutPassword(port), takeThePort, told::add))
                    .isInstanceOf(RuntimeException.class);
        }
        assertThat(told).hasSize(1);
        try (Gateway next = Gateway.start(withoutPassword(-1))) {
            assertThat(next.firstPassword()).isEmpty();
            assertThat(AdminClient.login(next.uri(), "admin", told.getFirst())).isNotNull();
        }
    }

    private static void bind(ServerSocket socket, int port) {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> withoutPassword(int port) {
        return Map.of("tollgate.data-dir", data().toString(), "tollgate.port", port, "tollgate.management-port", "-1");
    }

    @Test
    void keeps_its_data_to_its_owner() throws IOException {
        try (Gateway gateway = start()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data().resolve("commands"))))
                    .isEqualTo("rw-------");
            assertThat(gateway.journal()).isDirectory();
        }
    }

    @Test
    void refuses_a_folder_that_another_gateway_has() {
        try (Gateway first = start()) {
            assertThat(first.uri()).isNotNull();
            assertThatThrownBy(this::start)
                    .isInstanceOf(DataFolderInUse.class)
                    .hasMessageContaining("in use by another process");
        }
    }

    @Test
    void refuses_a_port_that_is_taken_and_lets_the_folder_go() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, Object> settings = Map.of(
                    "tollgate.data-dir", data().toString(),
                    "tollgate.host", taken.getInetAddress().getHostAddress(),
                    "tollgate.port", taken.getLocalPort(),
                    "tollgate.management-port", "-1");
            assertThatThrownBy(() -> Gateway.start(settings))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("cannot listen on port " + taken.getLocalPort());
        }
        try (Gateway gateway = start()) {
            assertThat(gateway.uri()).isNotNull();
        }
    }

    @Test
    void refuses_a_folder_that_cannot_be_made() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> Gateway.start(Map.of("tollgate.data-dir", file.toString())))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void refuses_a_damaged_journal_and_names_the_file() throws IOException {
        Path journal = Files.createDirectories(data().resolve("journal"));
        Path damaged = journal.resolve("000000000001.journal");
        Files.writeString(damaged, "this is not a journal", StandardCharsets.UTF_8);
        assertThatThrownBy(this::start)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(damaged.toString())
                .hasMessageNotContaining("\n");
    }

    @Test
    void has_everything_settled_once_it_is_drained() {
        Gateway gateway = start();
        assertThat(gateway.drain()).isTrue();
        assertThat(data().resolve("commands")).doesNotExist();
    }

    @Test
    void has_a_demonstration_that_passes_the_audit() {
        try (Gateway gateway = start()) {
            assertThat(gateway.context().getBean(DemoData.class).add()).hasValueSatisfying(added -> {
                assertThat(added.keys()).hasSize(3);
                assertThat(added.codes()).hasSize(4);
                assertThat(added.calls()).isGreaterThan(500);
            });
            for (Set<String> options : List.of(Set.<String>of(), Set.of("repair"))) {
                assertThat(run("audit", options)).satisfies(report -> {
                    assertThat(report.lines()).singleElement().asString().endsWith("no difference");
                    assertThat(report.status()).isZero();
                });
            }
            assertThat(gateway.context().getBean(DemoData.class).add()).isEmpty();
        }
    }

    @Test
    void takes_commands_from_whoever_can_read_its_folder() throws Exception {
        try (Gateway gateway = start()) {
            assertThat(run("migrate", Set.of("list")).lines()).allMatch(line -> line.contains(": applied at "));
            HttpRequest stranger = HttpRequest.newBuilder(
                            gateway.managementUri().resolve("/commands/audit"))
                    .header("x-tollgate-token", "guessed")
                    .POST(BodyPublishers.noBody())
                    .build();
            assertThat(http.send(stranger, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void does_commands_itself_where_no_gateway_runs() {
        assertThat(run("migrate", Set.of("list")).lines()).allMatch(line -> line.endsWith(": not applied"));
        assertThat(run("migrate", Set.of("dry-run")).lines()).allMatch(line -> line.startsWith("would apply "));
        assertThat(run("migrate", Set.of()).lines()).allMatch(line -> line.startsWith("applied "));
        assertThat(run("migrate", Set.of()).lines()).containsExactly("the schema is up to date");
        assertThat(run("migrate", Set.of("seed")).lines()).hasSize(8);
        assertThat(run("audit", Set.of()).status()).isZero();
    }

    @Test
    void seeds_an_empty_database_also_where_starts_do_not_migrate() {
        Map<String, Object> settings = new HashMap<>(settings());
        settings.put("tollgate.migrate-on-start", false);
        assertThat(Commands.run(settings, "migrate", Set.of("seed"), NOTHING).lines())
                .hasSize(8);
    }

    @Test
    void an_import_of_prices_is_in_the_operation_log_once_it_is_applied() {
        byte[] file =
                "{\"models\":[{\"name\":\"bespoke-1\",\"platform\":\"openai\",\"input_price\":\"1.5\",\"output_price\":\"6\"}]}"
                        .getBytes(StandardCharsets.UTF_8);
        try (Gateway gateway = start()) {
            OperationLog log = gateway.context().getBean(OperationLog.class);
            Report shown = Commands.run(settings(), "prices-import", Set.of(), file);
            assertThat(shown.lines()).contains("new bespoke-1");
            assertThat(log.list(null, 1)).isEmpty();

            assertThat(Commands.run(settings(), "prices-import", Set.of("apply"), file)
                            .status())
                    .isZero();
            assertThat(log.list(null, 2)).singleElement().satisfies(operation -> {
                assertThat(operation.action()).isEqualTo("COMMAND");
                assertThat(operation.path()).isEqualTo("prices import --apply");
                assertThat(operation.subject()).isEqualTo("models");
                assertThat(operation.after()).contains("new bespoke-1");
            });
        }
    }

    @Test
    void refuses_a_schema_that_lacks_migrations_where_it_may_not_apply_them() {
        Map<String, Object> settings = new HashMap<>(settings());
        settings.put("tollgate.migrate-on-start", "false");
        assertThatThrownBy(() -> Gateway.start(settings))
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("the schema lacks 001 identity, 002 ")
                .hasMessageEndingWith("command migrate, or set TOLLGATE_MIGRATE_ON_START to true");

        assertThat(run("migrate", Set.of()).lines()).allMatch(line -> line.startsWith("applied "));
        try (Gateway gateway = Gateway.start(settings)) {
            assertThat(gateway.uri()).isNotNull();
        }
    }

    @Test
    void exports_a_price_list_that_changes_nothing_when_it_is_imported() {
        List<String> exported = run("prices-export", Set.of()).lines();
        byte[] file = String.join("\n", exported).getBytes(StandardCharsets.UTF_8);
        Report report = Commands.run(settings(), "prices-import", Set.of(), file);
        assertThat(report.lines()).last().asString().startsWith("0 new, 0 changed, ");
    }

    @Test
    void says_what_is_no_price_list() {
        Report report =
                Commands.run(settings(), "prices-import", Set.of("apply"), "[]".getBytes(StandardCharsets.UTF_8));
        assertThat(report.status()).isEqualTo(1);
        assertThat(report.lines()).singleElement().asString().startsWith("not a price list");
    }

    private Report run(String command, Set<String> options) {
        return Commands.run(settings(), command, options, NOTHING);
    }

    private Gateway start() {
        return Gateway.start(settings());
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Map<String, Object> settings() {
        return Map.of(
                "tollgate.data-dir", data().toString(),
                "tollgate.port", "-1",
                "tollgate.management-port", "-1",
                "tollgate.admin-password", "a password of the tests");
    }

    private int status(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
