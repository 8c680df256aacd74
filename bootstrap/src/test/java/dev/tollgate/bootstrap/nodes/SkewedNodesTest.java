package dev.tollgate.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.AdmissionClock;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.bootstrap.gateway.Gateway;
import dev.tollgate.bootstrap.limits.HoldingUpstream;
import dev.tollgate.bootstrap.limits.Wire;
import dev.tollgate.bootstrap.server.AdminClient;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.GivenClock;
import dev.tollgate.bootstrap.server.World;
import dev.tollgate.persistence.server.MariaDb;
import dev.tollgate.persistence.server.RedisServers;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways whose clocks are wrong, each in its way, on one Redis: they agree on when a call was, and go back never. */
@Timeout(240)
class SkewedNodesTest {
    private static final String MODEL = "m";
    private static final int SERVED = 200;
    private static final int UNAVAILABLE = 503;
    private static final String PASSWORD = "an-admin-password-of-the-test";
    private static final String SECRET_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final Duration NEWS_WITHIN = Duration.ofSeconds(60);
    /** Well below what the clocks are apart. */
    private static final Duration TRUE_WITHIN = Duration.ofSeconds(2);

    private final GivenClock ahead = new GivenClock();
    private final GivenClock behind = new GivenClock();
    private final String database = MariaDb.newSchema();
    private final RedisServers redis = RedisServers.single();
    private final Map<Gateway, Instant> latest = new HashMap<>();
    private Gateway left;
    private Gateway right;
    private HoldingUpstream upstream;
    private String key;
    private int served;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        ahead.shift(Duration.ofSeconds(5));
        behind.shift(Duration.ofSeconds(-5));
        left = gateway(folder.resolve("left"), ahead);
        right = gateway(folder.resolve("right"), behind);
        upstream = new HoldingUpstream();
        World world = new World(AdminClient.login(left.uri(), "admin", PASSWORD));
        world.account("openai", upstream.uri(), Map.of());
        world.model(MODEL, "openai", "0", "100");
        long user = world.user("ann", "1000");
        key = world.key(user, Map.of("daily_request_limit", 10_000, "daily_cost_limit", "900"));
        for (Gateway node : new Gateway[] {left, right}) {
            Eventually.holds("the node serves", NEWS_WITHIN, () -> isServed(node));
        }
    }

    @AfterEach
    void stop() {
        left.close();
        right.close();
        upstream.close();
        redis.close();
    }

    private Gateway gateway(Path folder, GivenClock clock) {
        Map<String, Object> settings = new HashMap<>(clock.setting());
        settings.put("tollgate.data-dir", folder.toString());
        settings.put("tollgate.port", -1);
        settings.put("tollgate.management-port", -1);
        settings.put("tollgate.admin-password", PASSWORD);
        settings.put("tollgate.allow-private-upstreams", true);
        settings.put("tollgate.secret-key", SECRET_KEY);
        settings.put("tollgate.mysql-url", database);
        settings.put("tollgate.mysql-username", MariaDb.USER);
        settings.put("tollgate.redis-uri", redis.uri());
        return Gateway.start(settings);
    }

    @Test
    void calls_are_admitted_at_the_time_they_share_and_never_before_an_earlier_one() {
        awaitOffset(left, Duration.ofSeconds(-5));
        awaitOffset(right, Duration.ofSeconds(5));
        callBoth();

        behind.shift(Duration.ofHours(-1));
        callBoth();
        awaitOffset(right, Duration.ofHours(1));
        callBoth();

        behind.shift(Duration.ZERO);
        ahead.shift(Duration.ofSeconds(-5));
        callBoth();
        awaitOffset(right, Duration.ZERO);
        awaitOffset(left, Duration.ofSeconds(5));
        callBoth();

        assertNothingLost();
    }

    private void callBoth() {
        for (int call = 0; call < 20; call++) {
            Gateway node = call % 2 == 0 ? left : right;
            Instant before = Clock.systemUTC().instant();
            Instant admitted = call(node);
            assertThat(admitted)
                    .as("after the calls before")
                    .isAfterOrEqualTo(latest.getOrDefault(node, Instant.EPOCH));
            latest.put(node, admitted);
            assertThat(admitted)
                    .isBetween(
                            before.minus(TRUE_WITHIN),
                            Clock.systemUTC().instant().plus(TRUE_WITHIN));
        }
    }

    /** When a call was let in, as its id tells; a node that does not trust what it knows yet is asked again. */
    private Instant call(Gateway node) {
        List<HttpResponse<byte[]>> answers = new ArrayList<>();
        Eventually.holds("the call is served", NEWS_WITHIN, () -> {
            answers.add(Wire.CHAT.call(node.uri(), key, MODEL));
            return answers.getLast().statusCode() == SERVED;
        });
        served++;
        assertThat(answers).allMatch(answer -> answer.statusCode() == SERVED || answer.statusCode() == UNAVAILABLE);
        String id = answers.getLast().headers().firstValue("x-request-id").orElseThrow();
        return Instant.ofEpochMilli(UUID.fromString(id).getMostSignificantBits() >>> Short.SIZE);
    }

    private boolean isServed(Gateway node) {
        boolean isServed = Wire.CHAT.call(node.uri(), key, MODEL).statusCode() == SERVED;
        served += isServed ? 1 : 0;
        return isServed;
    }

    private static void awaitOffset(Gateway node, Duration offset) {
        AdmissionClock clock = node.context().getBean(AdmissionClock.class);
        Eventually.holds(
                "the clock is measured",
                NEWS_WITHIN,
                () -> clock.offset().minus(offset).abs().compareTo(Duration.ofSeconds(1)) < 0);
    }

    private void assertNothingLost() {
        LiveStore store = left.context().getBean(LiveStore.class);
        Eventually.holds("SQL has everything", NEWS_WITHIN, () -> store.openHolds() == 0 && store.backlog() == 0);
        World now = new World(AdminClient.login(left.uri(), "admin", PASSWORD)); // its clock went back since
        assertThat(now.records()).hasSize(served);
        var audit = now.admin().post("/api/admin/audit", Map.of());
        assertThat(audit.get("ok").asBoolean()).as("%s", audit).isTrue();
    }
}
