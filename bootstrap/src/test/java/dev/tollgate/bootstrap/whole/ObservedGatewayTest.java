package dev.tollgate.bootstrap.whole;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tollgate.bootstrap.server.AdminClient;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.WholeServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** What operators and holders of keys are told of a gateway that serves calls. */
class ObservedGatewayTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String MODEL = "gpt-4o-mini";
    private static final int NAMES = 25;
    private static final Duration SOON = Duration.ofSeconds(5);

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static @Nullable String key;

    @BeforeEach
    void make_a_caller() {
        if (key == null) {
            SERVER.admin()
                    .post("/api/admin/accounts", Map.of("name", "sim", "type", "simulated", "credentials", Map.of()));
            long user = SERVER.world().user("ann", "10");
            SERVER.world().quota(user, "5", Map.of());
            key = SERVER.world()
                    .key(
                            user,
                            Map.of(
                                    "name",
                                    "laptop",
                                    "daily_cost_limit",
                                    "2",
                                    "daily_request_limit",
                                    100,
                                    "rpm_limit",
                                    60));
        }
    }

    @Test
    void metrics_have_the_names_of_the_contract() throws Exception {
        call(true);

        String metrics =
                get(SERVER.managementUri().resolve("/prometheus"), null).body();

        assertThat(metrics.lines().filter(line -> !line.startsWith("#")))
                .anyMatch(line -> line.matches("tollgate_requests_total\\{dialect=\"chat\",model=\"" + MODEL
                        + "\",platform=\"openai\",status=\"completed\"} .*"))
                .anyMatch(line -> line.startsWith("tollgate_request_duration_seconds_count{"))
                .anyMatch(line -> line.startsWith("tollgate_overhead_seconds_count "))
                .anyMatch(line -> line.startsWith("tollgate_time_to_first_token_seconds_count{"))
                .anyMatch(line -> line.startsWith("tollgate_tokens_total{kind=\"input\",model="))
                .anyMatch(line -> line.startsWith("tollgate_cost_usd_total{model="))
                .anyMatch(line -> line.startsWith("tollgate_in_flight "))
                .anyMatch(line -> line.startsWith("tollgate_upstream_attempts_total{account_type=\"simulated\","
                        + "outcome=\"served\",platform=\"openai\"}"))
                .contains("tollgate_account_status{status=\"valid\"} 1.0")
                .contains("tollgate_account_status{status=\"disabled\"} 0.0")
                .contains("tollgate_holds_open 0.0")
                .contains("tollgate_dead_letters 0.0")
                .contains("tollgate_journal_writable 1.0")
                .anyMatch(line -> line.startsWith("tollgate_journal_pending "))
                .anyMatch(line -> line.startsWith("tollgate_stream_lag "))
                .contains("tollgate_usage_unclassified_total 0.0");
    }

    @Test
    void metrics_do_not_grow_with_the_names_that_callers_make_up() throws Exception {
        long user = SERVER.world().user("inventor", "10");
        Caller inventor = new Caller(SERVER.uri(), SERVER.world().key(user, Map.of("name", "inventions")));
        SERVER.admin().put("/api/admin/configs", Map.of("pricing.unknown_model", "free"));
        try {
            Eventually.holds("unknown models are free", SOON, () -> served(inventor, "made-up"));
            List<String> before = meters();

            for (int i = 0; i < NAMES; i++) {
                assertThat(served(inventor, "made-up-" + i)).isTrue();
            }

            assertThat(meters())
                    .anyMatch(name -> name.startsWith("tollgate_requests_total{dialect=\"chat\",model=\"unpriced\","))
                    .noneMatch(name -> name.contains("made-up"))
                    .hasSizeLessThan(before.size() + NAMES);
        } finally {
            SERVER.admin().put("/api/admin/configs", Map.of("pricing.unknown_model", "refuse"));
        }
    }

    @Test
    void the_monitor_tells_of_every_part_and_how_fresh_it_is() {
        call(false);
        SERVER.audit();

        JsonNode monitor = SERVER.admin().get("/api/admin/monitor");

        assertThat(monitor.at("/nodes/0/status").asText()).isEqualTo("ready");
        assertThat(monitor.at("/live_store/status").asText()).isEqualTo("up");
        assertThat(monitor.at("/database/status").asText()).isEqualTo("up");
        assertThat(monitor.at("/database/dead_letters").asLong(-1)).isZero();
        assertThat(monitor.at("/journal/writable").asBoolean()).isTrue();
        assertThat(monitor.at("/stream/backlog").asLong()).isZero();
        assertThat(monitor.at("/calls/in_flight").isNumber()).isTrue();
        assertThat(monitor.at("/accounts/by_status/valid").asLong()).isOne();
        assertThat(monitor.at("/today/totals/requests").asLong()).isPositive();
        monitor.forEach(part -> {
            JsonNode fresh = part.isArray() ? part.get(0) : part;
            assertThat(fresh.get("as_of").asText()).endsWith("Z");
        });
    }

    @Test
    void a_paused_drainer_shows() {
        SERVER.admin().put("/api/admin/configs", Map.of("sync.enabled", false));
        try {
            Eventually.holds(
                    "the drainer pauses",
                    SOON,
                    () -> !monitored("/stream/sync_enabled").asBoolean());
            call(false);
            assertThat(monitored("/stream/backlog").asLong()).isOne();
        } finally {
            SERVER.admin().put("/api/admin/configs", Map.of("sync.enabled", true));
        }
    }

    @Test
    void the_operation_log_tells_who_did_what_from_where() {
        long user = SERVER.world().user("logged", "0");
        SERVER.admin().put("/api/admin/users/" + user, Map.of("status", "disabled"));

        JsonNode page = SERVER.admin().get("/api/admin/operation-logs?limit=1");
        JsonNode latest = page.get("items").get(0);

        assertThat(latest.get("username").asText()).isEqualTo("admin");
        assertThat(latest.get("action").asText()).isEqualTo("PUT");
        assertThat(latest.get("subject").asText()).isEqualTo("users");
        assertThat(latest.get("subject_id").asText()).isEqualTo(Long.toString(user));
        assertThat(latest.at("/before/status").asText()).isEqualTo("active");
        assertThat(latest.at("/after/status").asText()).isEqualTo("disabled");
        assertThat(latest.get("client_ip").asText()).isEqualTo("127.0.0.1");
        JsonNode older = SERVER.admin()
                .get("/api/admin/operation-logs?limit=1&cursor="
                        + page.get("next_cursor").asText());
        assertThat(older.at("/items/0/action").asText()).isEqualTo("POST");
    }

    @Test
    void a_keys_holder_is_told_what_is_used_and_left() throws Exception {
        call(false);
        SERVER.audit();

        JsonNode usage = keyUsage(Objects.requireNonNull(key));

        assertThat(usage.at("/key/name").asText()).isEqualTo("laptop");
        JsonNode money = limit(usage, "key_cost");
        assertThat(money.get("window").asText()).isEqualTo("day");
        assertThat(money.get("limit").asText()).isEqualTo("2");
        assertThat(new BigDecimal(money.get("used").asText())).isPositive();
        assertThat(money.get("remaining").asText()).startsWith("1.9");
        assertThat(money.get("resets_at").asText()).endsWith("Z");
        assertThat(limit(usage, "key_requests").get("used").asLong()).isPositive();
        JsonNode byMinute = limit(usage, "key_requests_per_minute");
        assertThat(byMinute.get("used").asLong() + byMinute.get("remaining").asLong())
                .isEqualTo(byMinute.get("limit").asLong());
        assertThat(byMinute.get("held").asLong()).isZero();
        assertThat(byMinute.get("resets_at").asText()).endsWith(":00Z");
        assertThat(usage.at("/packages/0/quota_total").asText()).isEqualTo("5");
        assertThat(usage.at("/packages/0/quota_remaining").asText()).startsWith("4.9");
        assertThat(usage.at("/credit/balance").asText()).isEqualTo("10");
        assertThat(usage.at("/usage/today/requests").asLong()).isPositive();
        assertThat(usage.at("/usage/today/cost").asText())
                .isEqualTo(usage.at("/usage/total/cost").asText())
                .isEqualTo(money.get("used").asText());
    }

    @Test
    void a_keys_holder_is_told_when_days_from_the_first_use_end_it() {
        long user = SERVER.world().user("guest", "10");
        String text = SERVER.world().key(user, Map.of("name", "month", "expires_after_days", 30));

        new Caller(SERVER.uri(), text).call(Dialect.CHAT, Caller.request(MODEL, false));

        Eventually.holds(
                "the key's end is told",
                SOON,
                () -> !keyUsage(text).at("/key/expires_at").isNull());
        JsonNode stored = SERVER.admin()
                .get("/api/admin/users/" + user + "/api-keys")
                .get("items")
                .get(0);
        assertThat(keyUsage(text).at("/key/expires_at").asText())
                .isEqualTo(Instant.parse(stored.get("first_used_at").asText())
                        .plus(Duration.ofDays(30))
                        .toString());
    }

    @Test
    void a_users_limits_stand_wherever_the_user_is_shown() {
        long user = SERVER.world().user("bea", "10");
        SERVER.admin()
                .put(
                        "/api/admin/users/" + user,
                        Map.of("daily_cost_limit", "2", "rpm_limit", 60, "max_concurrency", 5));
        Caller caller = new Caller(SERVER.uri(), SERVER.world().key(user, Map.of()));
        assertThat(caller.call(Dialect.CHAT, Caller.request(MODEL, false)).statusCode())
                .isEqualTo(200);
        SERVER.audit();

        JsonNode listed = SERVER.admin().get("/api/admin/users?search=bea").at("/items/0");
        JsonNode read = SERVER.admin().get("/api/admin/users/" + user);
        JsonNode own = AdminClient.login(SERVER.uri(), "bea", "correct horse battery bea")
                .get("/api/profile");

        for (JsonNode shown : List.of(listed, read, own)) {
            assertThat(shown.get("limits")).hasSize(3);
            JsonNode money = limit(shown, "user_cost");
            assertThat(money.get("window").asText()).isEqualTo("day");
            assertThat(money.get("limit").asText()).isEqualTo("2");
            assertThat(money.get("used").asText())
                    .isEqualTo(shown.get("total_cost").asText())
                    .isNotEqualTo("0");
            assertThat(money.get("held").asText()).isEqualTo("0");
            assertThat(new BigDecimal(money.get("remaining").asText()))
                    .isEqualByComparingTo(new BigDecimal("2")
                            .subtract(new BigDecimal(money.get("used").asText())));
            assertThat(money.get("resets_at").asText()).endsWith("Z");
            assertThat(limit(shown, "user_requests_per_minute").get("limit").asLong())
                    .isEqualTo(60);
            assertThat(limit(shown, "user_concurrency").get("remaining").asLong())
                    .isEqualTo(5);
        }
        assertThat(SERVER.admin().get("/api/admin/users?search=ann").at("/items/0/limits"))
                .isEmpty();
    }

    @Test
    void a_stranger_is_told_nothing_in_his_dialect() throws Exception {
        HttpResponse<String> refused = get(SERVER.uri().resolve("/v1/usage"), "tg-nobody");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("\"invalid_api_key\"");
    }

    @Test
    void log_levels_change_while_it_runs() {
        boolean before = LoggerFactory.getLogger("tollgate.proxy").isInfoEnabled();
        try {
            SERVER.admin().put("/api/admin/configs", Map.of("log.level", "error", "log.level.proxy", "debug"));
            Eventually.holds(
                    "the levels are applied",
                    SOON,
                    () -> LoggerFactory.getLogger("tollgate.proxy").isDebugEnabled()
                            && !LoggerFactory.getLogger("tollgate.sync").isWarnEnabled());
        } finally {
            SERVER.admin().put("/api/admin/configs", Map.of("log.level", "info", "log.level.proxy", "inherit"));
        }
        Eventually.holds(
                "the levels are as before",
                SOON,
                () -> LoggerFactory.getLogger("tollgate.sync").isWarnEnabled()
                        && LoggerFactory.getLogger("tollgate.proxy").isInfoEnabled() == before);
    }

    private static JsonNode keyUsage(String key) {
        try {
            return JSON.readTree(get(SERVER.uri().resolve("/v1/usage"), key).body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode monitored(String pointer) {
        return SERVER.admin().get("/api/admin/monitor").at(pointer);
    }

    private static JsonNode limit(JsonNode usage, String name) {
        for (JsonNode limit : usage.get("limits")) {
            if (limit.get("name").asText().equals(name)) {
                return limit;
            }
        }
        throw new AssertionError("no limit " + name + " in " + usage);
    }

    /** Asked for in each place a name can stand in. */
    private static boolean served(Caller caller, String model) {
        HttpResponse<byte[]> inBody = caller.call(Dialect.CHAT, Caller.request(model, true));
        HttpResponse<byte[]> inPath = caller.post(
                "/v1beta/models/" + model + ":generateContent",
                Map.of("content-type", "application/json", "x-goog-api-key", caller.key()),
                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}".getBytes(UTF_8));
        return inBody.statusCode() == 200 && inPath.statusCode() == 200;
    }

    /** Each with its labels, without its value. */
    private static List<String> meters() throws Exception {
        String metrics =
                get(SERVER.managementUri().resolve("/prometheus"), null).body();
        return metrics.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .sorted()
                .toList();
    }

    private static void call(boolean stream) {
        if (key == null) {
            throw new IllegalStateException("nobody calls");
        }
        HttpResponse<byte[]> answer = new Caller(SERVER.uri(), key).call(Dialect.CHAT, Caller.request(MODEL, stream));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> get(URI uri, @Nullable String bearer) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (bearer != null) {
            request.header("authorization", "Bearer " + bearer);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
