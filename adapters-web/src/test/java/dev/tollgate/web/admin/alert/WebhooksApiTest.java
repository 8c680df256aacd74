package dev.tollgate.web.admin.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.account.AddressRules;
import dev.tollgate.application.alert.DeliverAlerts;
import dev.tollgate.application.alert.DeliverAlertsService;
import dev.tollgate.application.alert.InMemoryAlerts;
import dev.tollgate.application.alert.ManageWebhooksService;
import dev.tollgate.application.alert.WebhookSender;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.InMemoryVault;
import dev.tollgate.application.identity.TimeOrderedIds;
import dev.tollgate.web.admin.Answer;
import dev.tollgate.web.admin.SignedIn;
import dev.tollgate.web.admin.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class WebhooksApiTest {
    private static final InstantSource CLOCK = () -> Instant.parse("2026-03-04T05:06:07Z");
    private static final Ids IDS = new TimeOrderedIds(CLOCK, ThreadLocalRandom.current()::nextInt);
    private static final InMemoryAlerts ALERTS = new InMemoryAlerts(IDS);
    private static final InMemoryVault VAULT = new InMemoryVault();
    private static final String MADE_UP = "whsec_0123456789abcdefABCD";
    private static final TestServer SERVER = TestServer.start(
            CLOCK,
            new ManageWebhooksService(
                    ALERTS, ALERTS, ALERTS, new AddressRules(false), VAULT, () -> MADE_UP, IDS, CLOCK));
    private static final SignedIn ADMIN = TestServer.ADMIN;
    private static final String PATH = "/api/admin/webhooks";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void a_webhook_is_created_read_changed_and_removed() {
        Answer created = SERVER.post(ADMIN, PATH, """
                {"name":"Ops","url":"https://hooks.example/tollgate?team=1","events":["package.threshold","test.no"]}""");
        assertThat(created.status()).isEqualTo(400);
        assertThat(created.wrongFields()).containsExactly("events");

        created = create("Ops", "[\"package.threshold\",\"account.down\"]");
        assertThat(created.data())
                .containsEntry("name", "Ops")
                .containsEntry("url", "https://hooks.example/tollgate?team=1")
                .containsEntry("events", List.of("account.down", "package.threshold"))
                .containsEntry("secret", MADE_UP)
                .containsEntry("enabled", true)
                .containsEntry("last_status", null)
                .containsEntry("last_delivery_at", null)
                .containsEntry("consecutive_failures", 0);
        String path = path(created);

        assertThat(SERVER.get(ADMIN, path).data()).containsEntry("secret", "••••ABCD");
        Answer changed = SERVER.put(ADMIN, path, "{\"events\":[\"*\"],\"enabled\":false,\"name\":null}");
        assertThat(changed.data())
                .containsEntry("events", List.of("*"))
                .containsEntry("enabled", false)
                .containsEntry("name", null)
                .containsEntry("secret", "••••ABCD");
        assertThat(SERVER.get(ADMIN, PATH + "?search=TEAM%3D1").items()).contains(changed.data());

        assertThat(SERVER.delete(ADMIN, path).json()).containsEntry("data", null);
        assertThat(SERVER.get(ADMIN, path).status()).isEqualTo(404);
        assertThat(SERVER.delete(ADMIN, path).status()).isEqualTo(404);
        assertThat(SERVER.put(ADMIN, path, "{}").status()).isEqualTo(404);
    }

    @Test
    void a_secret_is_given_made_up_anew_or_left() {
        Answer given = SERVER.post(
                ADMIN, PATH, "{\"url\":\"https://a.example\",\"events\":[\"*\"],\"secret\":\"my-own-secret-of-1234\"}");
        assertThat(given.data()).containsEntry("secret", "••••1234");
        String path = path(given);

        assertThat(SERVER.put(ADMIN, path, "{\"secret\":\"••••1234\"}").data()).containsEntry("secret", "••••1234");
        assertThat(SERVER.put(ADMIN, path, "{\"secret\":null}").data()).containsEntry("secret", MADE_UP);
        assertThat(SERVER.put(ADMIN, path, "{\"secret\":\"another-secret-of-9876\"}")
                        .data())
                .containsEntry("secret", "••••9876");
        Answer shortOne = SERVER.put(ADMIN, path, "{\"secret\":\"short\"}");
        assertThat(shortOne.status()).isEqualTo(400);
        assertThat(shortOne.wrongFields()).containsExactly("secret");
        assertThat(SERVER.get(ADMIN, "/api/admin/operation-logs").text())
                .contains("\"webhooks\"")
                .doesNotContain(MADE_UP)
                .doesNotContain("another-secret-of-9876");
    }

    @Test
    void what_is_wrong_is_named_field_by_field() {
        Answer empty = SERVER.post(ADMIN, PATH, "{\"colour\":\"red\"}");
        Answer inside = SERVER.post(ADMIN, PATH, "{\"url\":\"http://127.0.0.1/x\",\"events\":[]}");

        assertThat(empty.wrongFields()).containsExactlyInAnyOrder("url", "events", "colour");
        assertThat(inside.wrongFields()).containsExactlyInAnyOrder("url", "events");
        for (String url :
                List.of("https://10.0.0.1/", "https://localhost/", "ftp://a.example", "https://u:p@a.example")) {
            Answer refused = SERVER.post(ADMIN, PATH, "{\"url\":\"" + url + "\",\"events\":[\"*\"]}");
            assertThat(refused.status()).as(url).isEqualTo(400);
            assertThat(refused.wrongFields()).containsExactly("url");
        }
    }

    @Test
    void a_test_shows_in_the_delivery_log() {
        String path = path(create("Log", "[\"account.down\"]"));
        DeliverAlerts deliver = new DeliverAlertsService(
                ALERTS,
                ALERTS,
                message -> new WebhookSender.Sent(500, null, "no", 7),
                VAULT,
                () -> Duration.ofDays(1),
                IDS,
                CLOCK);

        Object first = SERVER.post(ADMIN, path + "/test", "{}").data().get("event_id");
        Object second = SERVER.post(ADMIN, path + "/test", "{}").data().get("event_id");
        assertThat(deliver.deliver() + deliver.deliver()).isEqualTo(2);

        Answer page = SERVER.get(ADMIN, path + "/deliveries?limit=1");
        assertThat(page.items())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .containsEntry("event_id", second)
                        .containsEntry("event", "test")
                        .containsEntry("attempt", 1)
                        .containsEntry("status", "retrying")
                        .containsEntry("http_status", 500)
                        .containsEntry("latency_ms", 7)
                        .containsEntry("error", null)
                        .containsEntry("response", "no")
                        .containsEntry("next_attempt_at", "2026-03-04T05:07:07Z"));
        Answer next = SERVER.get(
                ADMIN, path + "/deliveries?limit=1&cursor=" + page.data().get("next_cursor"));
        assertThat(next.items())
                .singleElement()
                .satisfies(line -> assertThat(line).containsEntry("event_id", first));
        assertThat(next.data()).containsEntry("next_cursor", null);
        assertThat(SERVER.get(ADMIN, path).data())
                .containsEntry("last_status", "500")
                .containsEntry("consecutive_failures", 2);
        assertThat(SERVER.get(ADMIN, PATH + "/1/deliveries").status()).isEqualTo(404);
        assertThat(SERVER.post(ADMIN, PATH + "/1/test", "{}").status()).isEqualTo(404);
    }

    @Test
    void they_are_for_admins() {
        assertThat(SERVER.get(TestServer.USER, PATH).status()).isEqualTo(403);
        assertThat(SERVER.get(null, PATH).status()).isEqualTo(401);
    }

    private static Answer create(String name, String events) {
        return SERVER.post(
                ADMIN,
                PATH,
                "{\"name\":\"" + name + "\",\"url\":\"https://hooks.example/tollgate?team=1\",\"events\":" + events
                        + "}");
    }

    private static String path(Answer created) {
        return PATH + "/" + created.data().get("id");
    }
}
