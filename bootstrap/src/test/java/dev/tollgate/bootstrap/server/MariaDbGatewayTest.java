package dev.tollgate.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.command.Commands;
import dev.tollgate.bootstrap.command.Report;
import dev.tollgate.bootstrap.gateway.Gateway;
import dev.tollgate.bootstrap.settings.StartRefused;
import dev.tollgate.persistence.server.MariaDb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on a database server. */
class MariaDbGatewayTest {
    private static final byte[] NOTHING = {};
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String MODEL = "gpt-4o-mini";

    private final String database = MariaDb.newSchema();

    @TempDir
    private Path folder;

    @Test
    void bills_a_call_once_and_goes_on_at_once_after_a_kill() throws Exception {
        GatewayProcess gateway = GatewayProcess.start(
                folder,
                Map.of(
                        "TOLLGATE_MYSQL_URL", database,
                        "TOLLGATE_MYSQL_USERNAME", MariaDb.USER,
                        "TOLLGATE_SECRET_KEY", KEY));
        try (ShapedUpstream upstream = new ShapedUpstream()) {
            World world = world(gateway);
            world.account("openai", upstream.uri().resolve("/v1"), Map.of());
            Caller caller = new Caller(gateway.uri(), world.key(world.user("ann", "1"), Map.of()));
            String request = Caller.request(MODEL, false);
            assertThat(caller.call(Caller.Dialect.CHAT, request).statusCode()).isEqualTo(200);

            gateway.kill();
            gateway.startAgain();
            assertThat(caller.call(Caller.Dialect.CHAT, request).statusCode()).isEqualTo(200);
            World again = world(gateway);
            Eventually.holds(
                    "both are billed",
                    Duration.ofSeconds(20),
                    () -> again.records().size() == 2);
            JsonNode audit = again.admin().post("/api/admin/audit", Map.of());
            assertThat(audit.get("ok").asBoolean()).as("%s", audit).isTrue();

            assertThatThrownBy(() -> Gateway.start(settings("another")))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("another node serves on this database");
            assertThat(gateway.terminate()).as("%s", gateway.log()).isZero();
        } finally {
            gateway.kill();
        }
        try (Gateway next = Gateway.start(settings("another"))) {
            assertThat(next.uri()).isNotNull();
        }
    }

    @Test
    void tells_the_codes_of_the_largest_batch_there_is() {
        Map<String, Object> settings = settings("data");
        settings.put("tollgate.admin-password", GatewayProcess.ADMIN_PASSWORD);
        try (Gateway gateway = Gateway.start(settings)) {
            AdminClient admin = AdminClient.login(gateway.uri(), "admin", GatewayProcess.ADMIN_PASSWORD);

            JsonNode made = admin.post(
                    "/api/admin/redeem-codes", Map.of("count", 1000, "value", "1", "description", "价".repeat(2000)));

            assertThat(made.get("items"))
                    .hasSize(1000)
                    .allMatch(code -> code.get("code").isTextual());
            JsonNode logged = admin.get("/api/admin/operation-logs?limit=1")
                    .get("items")
                    .get(0)
                    .get("after");
            assertThat(logged.get("count").asInt()).isEqualTo(1000);
            assertThat(logged.get("batch_id")).isEqualTo(made.get("batch_id"));
        }
    }

    @Test
    void has_its_schema_listed_previewed_made_and_seeded_by_commands() {
        assertThat(run("migrate", Set.of("list")).lines())
                .isNotEmpty()
                .allMatch(line -> line.endsWith(": not applied"));
        assertThat(run("migrate", Set.of("dry-run")).lines()).allMatch(line -> line.startsWith("would apply "));
        assertThat(run("migrate", Set.of()).lines()).allMatch(line -> line.startsWith("applied "));
        assertThat(run("migrate", Set.of("list")).lines()).allMatch(line -> line.contains(": applied at "));
        assertThat(run("migrate", Set.of("seed")).lines())
                .anyMatch(line -> line.startsWith("demo-laptop tg-"))
                .anyMatch(line -> line.startsWith("demo-credit-1 "))
                .hasSize(1 + 3 + 4);
        assertThat(run("audit", Set.of()))
                .satisfies(report ->
                        assertThat(report.status()).as("%s", report.lines()).isZero());
    }

    @Test
    void is_refused_while_the_server_would_cut_amounts() {
        Map<String, Object> settings = settings("data");
        settings.put(
                "tollgate.mysql-url",
                database + "?jdbcCompliantTruncation=false&sessionVariables=sql_mode=ANSI_QUOTES");
        assertThatThrownBy(() -> Gateway.start(settings))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("sql_mode must have STRICT_TRANS_TABLES");
    }

    private Report run(String command, Set<String> options) {
        return Commands.run(settings("data"), command, options, NOTHING);
    }

    private Map<String, Object> settings(String data) {
        return new HashMap<>(Map.of(
                "tollgate.data-dir",
                folder.resolve(data).toString(),
                "tollgate.port",
                "-1",
                "tollgate.management-port",
                "-1",
                "tollgate.mysql-url",
                database,
                "tollgate.mysql-username",
                MariaDb.USER,
                "tollgate.secret-key",
                KEY));
    }

    private static World world(GatewayProcess gateway) {
        return new World(AdminClient.login(gateway.uri(), "admin", GatewayProcess.ADMIN_PASSWORD));
    }
}
