package dev.tollgate.bootstrap.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.alert.WatchAccounts;
import dev.tollgate.application.alert.WatchKeys;
import dev.tollgate.application.alert.WatchSpending;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.DearAnswers;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.persistence.sql.SqlTransactions;
import dev.tollgate.upstream.ScriptedUpstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Alerts from what happens in a whole gateway to a receiver that checks their signatures. */
class AlertsTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String MODEL = "dear";

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer(Map.of("tollgate.audit.interval", "1s"));

    private static ScriptedUpstream upstream;
    private static Receiver receiver;
    private static long webhook;

    @BeforeAll
    static void serve() throws IOException {
        upstream = ScriptedUpstream.answering(DearAnswers::asDearAsAllowed);
        receiver = new Receiver();
        SERVER.world()
                .account("openai", URI.create(upstream.baseUrl() + "/v1"), Map.of("allowed_models", List.of(MODEL)));
        SERVER.world().model(MODEL, "openai", "0", "100");
        webhook = SERVER.admin()
                .post(
                        "/api/admin/webhooks",
                        Map.of("url", receiver.url(), "events", List.of("*"), "secret", Receiver.SECRET))
                .get("id")
                .asLong();
    }

    @AfterAll
    static void stop() {
        upstream.close();
        receiver.close();
    }

    @Test
    void a_package_is_told_of_at_eighty_and_at_a_hundred_percent() {
        long user = SERVER.world().user("ann", "0");
        long held = SERVER.world().quota(user, "0.05", Map.of());
        String key = SERVER.world().key(user, Map.of());

        call(key, 4);
        Receiver.Event eighty = event("package.threshold", "user_package_id", held, 80);
        assertThat(eighty.data().get("used").asText()).isEqualTo("0.04");
        assertThat(eighty.data().get("limit").asText()).isEqualTo("0.05");
        assertThat(eighty.data().get("remaining").asText()).isEqualTo("0.01");
        assertThat(eighty.data().get("username").asText()).isEqualTo("ann");
        assertThat(eighty.data().get("resets_at").isNull()).isTrue();
        call(key, 1);
        assertThat(event("package.threshold", "user_package_id", held, 100).deliveryId())
                .isNotEqualTo(eighty.deliveryId());

        int unused = SERVER.bean(WatchSpending.class).look();
        assertThat(receiver.events("package.threshold").stream()
                        .filter(event -> event.data().get("user_package_id").asLong() == held))
                .hasSize(2);
        assertThat(receiver.refused()).isEmpty();
    }

    @Test
    void a_package_that_refuses_a_call_for_what_little_is_left_is_told_of_as_used_up() {
        long user = SERVER.world().user("abe", "0");
        long held = SERVER.world().quota(user, "0.05", Map.of());
        String key = SERVER.world().key(user, Map.of());

        call(key, 4);
        Receiver.Event eighty = event("package.threshold", "user_package_id", held, 80);
        assertThat(call(key, "300").statusCode()).isEqualTo(402);
        Receiver.Event hundred = event("package.threshold", "user_package_id", held, 100);
        assertThat(hundred.data().get("remaining").asText())
                .isEqualTo(eighty.data().get("remaining").asText());
    }

    @Test
    void credit_is_told_of_again_after_more_was_granted() {
        long user = SERVER.world().user("bob", "0.05");
        String key = SERVER.world().key(user, Map.of());

        call(key, 5);
        Receiver.Event eighty = event("credit.threshold", "user_id", user, 80);
        Receiver.Event hundred = event("credit.threshold", "user_id", user, 100);
        assertThat(hundred.data().get("remaining").asText()).isEqualTo("0");

        SERVER.admin().post("/api/admin/users/" + user + "/credits", Map.of("amount", "0.05", "reason", "more"));
        call(key, 4);
        Eventually.holds(
                "the new credit is told of",
                SOON,
                () -> receiver.events("credit.threshold").stream()
                        .anyMatch(event -> event.data().get("user_id").asLong() == user
                                && event.data().get("percent").asInt() == 80
                                && !event.deliveryId().equals(eighty.deliveryId())));
    }

    @Test
    void an_account_that_goes_down_is_told_of_and_again_when_it_is_back() {
        long account = SERVER.world()
                .account("openai", URI.create("http://127.0.0.1:1"), Map.of("allowed_models", List.of("none")));
        String path = "/api/admin/accounts/" + account + "/status";

        SERVER.admin().put(path, Map.of("status", "suspended"));
        Eventually.holds(
                "it is seen",
                SOON,
                () -> !of("account.down", "account_id", account).isEmpty());
        SERVER.admin().put(path, Map.of("status", "valid"));
        Eventually.holds(
                "it is seen",
                SOON,
                () -> !of("account.recovered", "account_id", account).isEmpty());

        int unused = SERVER.bean(WatchAccounts.class).look();
        assertThat(of("account.down", "account_id", account)).hasSize(1);
        assertThat(of("account.recovered", "account_id", account)).hasSize(1);
        assertThat(of("account.down", "account_id", account)
                        .getFirst()
                        .data()
                        .get("status")
                        .asText())
                .isEqualTo("suspended");
    }

    @Test
    void a_key_that_ends_soon_is_told_of() {
        long user = SERVER.world().user("carol", "1");
        Instant end = Instant.now().plus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        long key = SERVER.admin()
                .post("/api/admin/api-keys", Map.of("user_id", user, "name", "laptop", "expires_at", end.toString()))
                .get("id")
                .asLong();

        int unused = SERVER.bean(WatchKeys.class).look();

        Eventually.holds(
                "it is seen", SOON, () -> !of("key.expiring", "api_key_id", key).isEmpty());
        assertThat(of("key.expiring", "api_key_id", key)
                        .getFirst()
                        .data()
                        .get("expires_at")
                        .asText())
                .isEqualTo(end.toString());
    }

    @Test
    void a_model_without_price_is_told_of_once() {
        String key = SERVER.world().key(SERVER.world().user("dave", "1"), Map.of());
        for (int i = 0; i < 3; i++) {
            var answer = new Caller(SERVER.uri(), key).call(Dialect.CHAT, Caller.request("no-such-model", false));
            assertThat(answer.statusCode()).isEqualTo(404);
        }

        Eventually.holds("it is seen", SOON, () -> !missing("no-such-model").isEmpty());
        assertThat(missing("no-such-model")).hasSize(1);
    }

    @Test
    void a_difference_of_the_audit_that_runs_along_is_told_of() {
        long user = SERVER.world().user("erin", "1");
        call(SERVER.world().key(user, Map.of()), 1);
        SERVER.audit();
        SqlTransactions sql = SERVER.bean(SqlTransactions.class);

        sql.run(each -> each.update("UPDATE usage_quarter SET cost_nanos = cost_nanos + 1 WHERE user_id = ?", user));
        try {
            Eventually.holds(
                    "it is seen",
                    SOON,
                    () -> !receiver.events("audit.difference").isEmpty());
        } finally {
            sql.run(each ->
                    each.update("UPDATE usage_quarter SET cost_nanos = cost_nanos - 1 WHERE user_id = ?", user));
        }
        JsonNode data = receiver.events("audit.difference").getFirst().data();
        assertThat(data.get("first").asText()).contains("usage_quarter");
    }

    @Test
    void a_test_is_delivered_and_logged() {
        long event = SERVER.admin()
                .post("/api/admin/webhooks/" + webhook + "/test", Map.of())
                .get("event_id")
                .asLong();

        Eventually.holds(
                "it came",
                SOON,
                () -> receiver.events("test").stream()
                        .anyMatch(each -> each.body().get("id").asLong() == event));
        Eventually.holds("it is noted", SOON, () -> {
            JsonNode log = SERVER.admin().get("/api/admin/webhooks/" + webhook + "/deliveries?limit=500");
            for (JsonNode line : log.get("items")) {
                if (line.get("event_id").asLong() == event) {
                    return line.get("status").asText().equals("delivered")
                            && line.get("http_status").asInt() == 204;
                }
            }
            return false;
        });
    }

    private static void call(String key, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(call(key, "100").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<byte[]> call(String key, String maxTokens) {
        return new Caller(SERVER.uri(), key)
                .call(
                        Dialect.CHAT,
                        "{\"model\":\"" + MODEL + "\",\"max_tokens\":" + maxTokens
                                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    }

    private static Receiver.Event event(String type, String idName, long id, int percent) {
        Eventually.holds(
                type + " " + percent,
                SOON,
                () -> of(type, idName, id).stream()
                        .anyMatch(event -> event.data().get("percent").asInt() == percent));
        return of(type, idName, id).stream()
                .filter(event -> event.data().get("percent").asInt() == percent)
                .findFirst()
                .orElseThrow();
    }

    private static List<Receiver.Event> of(String type, String idName, long id) {
        return receiver.events(type).stream()
                .filter(event -> event.data().get(idName).asLong() == id)
                .toList();
    }

    private static List<Receiver.Event> missing(String model) {
        return receiver.events("price.missing").stream()
                .filter(event -> event.data().get("model").asText().equals(model))
                .toList();
    }
}
