package dev.tollgate.bootstrap.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.GivenClock;
import dev.tollgate.bootstrap.server.WholeServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Limits of days and months on the days that are not like others, through the whole server: what is used in a window is
 * gone until its last instant, and nothing of it is in the next. One year goes by, so the order is the calendar's.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WindowsTest {
    private static final String MODEL = "m";
    private static final int SERVED = 200;
    private static final Duration NEWS_WITHIN = Duration.ofSeconds(30);
    private static final GivenClock CLOCK = new GivenClock();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer(settings());

    private static HoldingUpstream upstream;
    private static String open;

    private static Map<String, Object> settings() {
        CLOCK.stop(Instant.parse("2026-03-01T12:00:00Z"));
        Map<String, Object> settings = new HashMap<>(CLOCK.setting());
        settings.put("tollgate.auth.access-token-ttl", "500d");
        settings.put("tollgate.auth.refresh-token-ttl", "501d");
        return settings;
    }

    @BeforeAll
    static void serve() throws IOException {
        upstream = new HoldingUpstream();
        SERVER.world().account("openai", upstream.uri(), Map.of());
        SERVER.world().model(MODEL, "openai", "0", "100");
        open = SERVER.world().key(SERVER.world().user("open", "1000"), Map.of());
        awaitServing();
    }

    @AfterAll
    static void stop() {
        upstream.close();
    }

    @Test
    @Order(1)
    void a_day_has_23_hours_where_clocks_go_forward() {
        String key = keyIn("America/New_York", "ny-spring", Map.of("daily_cost_limit", "0.02"), Map.of());
        assertWindows(
                key,
                "day cost limit of the key",
                List.of("2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", "2026-03-10T04:00:00Z"));
    }

    @Test
    @Order(2)
    void a_day_begins_at_its_first_instant_where_there_is_no_midnight() {
        String beirut = keyIn("Asia/Beirut", "beirut", Map.of("daily_request_limit", 2), Map.of());
        assertWindows(beirut, "day request limit of the key", List.of("2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z"));
    }

    @Test
    @Order(3)
    void a_month_is_the_users_calendars() {
        String key = keyIn("Asia/Shanghai", "shanghai", Map.of(), Map.of("monthly_cost_limit", "0.02"));
        assertWindows(key, "month cost limit of the user", List.of("2026-04-30T16:00:00Z", "2026-05-31T16:00:00Z"));
    }

    @Test
    @Order(4)
    void a_day_in_shanghai_begins_at_16_hours_utc() {
        String key = keyIn("Asia/Shanghai", "shanghai-days", Map.of("daily_cost_limit", "0.02"), Map.of());
        assertWindows(key, "day cost limit of the key", List.of("2026-06-01T16:00:00Z", "2026-06-02T16:00:00Z"));
    }

    @Test
    @Order(5)
    void a_month_from_the_31st_ends_on_the_last_of_shorter_ones() {
        to(Instant.parse("2026-07-31T10:00:00Z"));
        long user = SERVER.world().user("anniversary", "0");
        long offered = SERVER.admin()
                .post(
                        "/api/admin/packages",
                        Map.of(
                                "name", "from the 31st",
                                "type", "subscription",
                                "monthly_quota", "0.02",
                                "month", "anniversary",
                                "time_zone", "UTC",
                                "duration_days", 100))
                .get("id")
                .asLong();
        SERVER.admin()
                .post(
                        "/api/admin/user-packages/user/" + user,
                        Map.of("package_id", offered, "start_time", "2026-07-31T10:00:00Z"));
        String key = SERVER.world().key(user, Map.of());
        assertWindows(key, "month cost limit of the package", List.of("2026-08-31T10:00:00Z", "2026-09-30T10:00:00Z"));
    }

    @Test
    @Order(6)
    void a_day_has_25_hours_where_clocks_go_back() {
        String key = keyIn("America/New_York", "ny-autumn", Map.of("daily_cost_limit", "0.02"), Map.of());
        assertWindows(
                key,
                "day cost limit of the key",
                List.of("2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", "2026-11-03T05:00:00Z"));
    }

    @Test
    @Order(7)
    void another_time_zone_holds_from_the_next_day_of_the_old_one() {
        to(Instant.parse("2026-12-10T15:00:00Z"));
        long user = SERVER.world().user("mover", "10");
        SERVER.admin().put("/api/admin/users/" + user, Map.of("time_zone", "UTC"));
        String key = SERVER.world().key(user, Map.of("daily_cost_limit", "0.02"));
        SERVER.admin().put("/api/admin/users/" + user, Map.of("time_zone", "Asia/Shanghai"));

        spend(key, "day cost limit of the key", "2026-12-11T00:00:00Z");
        to(Instant.parse("2026-12-10T23:59:59.999Z"));
        assertRefused(key, "day cost limit of the key", "2026-12-11T00:00:00Z");
        to(Instant.parse("2026-12-11T00:00:00Z"));
        spend(key, "day cost limit of the key", "2026-12-11T16:00:00Z");
    }

    /** A user in a zone with limits of its own and of its key's; what fits is two calls. */
    private static String keyIn(String zone, String name, Map<String, Object> ofKey, Map<String, Object> ofUser) {
        long user = SERVER.world().user(name, "10");
        Map<String, Object> edit = new HashMap<>(ofUser);
        edit.put("time_zone", zone);
        SERVER.admin().put("/api/admin/users/" + user, edit);
        return SERVER.world().key(user, ofKey);
    }

    /** All that fits is spent in the window that ends at the first of the instants, and in each that follows. */
    private static void assertWindows(String key, String limit, List<String> ends) {
        to(Instant.parse(ends.getFirst()).minus(Duration.ofHours(2)));
        for (String end : ends) {
            spend(key, limit, end);
            assertThat(resets(key)).contains(end);
            to(Instant.parse(end).minusMillis(1));
            assertRefused(key, limit, end);
            to(Instant.parse(end));
        }
        assertThat(statusOf(key)).as("the first instant of the next").isEqualTo(SERVED);
    }

    private static void spend(String key, String limit, String resetsAt) {
        assertThat(statusOf(key)).isEqualTo(SERVED);
        assertThat(statusOf(key)).isEqualTo(SERVED);
        assertRefused(key, limit, resetsAt);
    }

    private static void assertRefused(String key, String limit, String resetsAt) {
        HttpResponse<byte[]> answer = Wire.CHAT.call(SERVER.uri(), key, MODEL);
        String told = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as("%s", told).isIn(402, 429);
        assertThat(told).contains(limit, "It resets at " + resetsAt + ".");
    }

    /** What the key's holder is told. */
    private static List<String> resets(String key) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(SERVER.uri() + "/v1/usage"))
                    .header("authorization", "Bearer " + key)
                    .build();
            JsonNode usage =
                    JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
            List<String> resets = new ArrayList<>(usage.get("limits").findValuesAsText("resets_at"));
            resets.addAll(usage.get("packages").findValuesAsText("resets_at"));
            resets.addAll(usage.get("packages").findValuesAsText("monthly_resets_at"));
            return resets;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int statusOf(String key) {
        return Wire.CHAT.call(SERVER.uri(), key, MODEL).statusCode();
    }

    private static void to(Instant now) {
        CLOCK.stop(now);
        awaitServing();
    }

    /** After a leap in time the gateway looks for edits before it trusts what it knows. */
    private static void awaitServing() {
        Eventually.holds("the gateway serves", NEWS_WITHIN, () -> statusOf(open) == SERVED);
    }
}
