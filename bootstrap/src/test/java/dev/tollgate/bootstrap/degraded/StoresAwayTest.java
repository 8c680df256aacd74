package dev.tollgate.bootstrap.degraded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.bootstrap.degraded.Paced.Timed;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.WholeServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each line of what happens when something is away, on a MariaDB and a Redis of the test's own; audited afterwards. The
 * profile {@code stores} has both away for a minute and holds the times to their goals, which takes a machine that does
 * nothing else; every build holds what most calls take to them, and the others to what tells waiting from hanging.
 */
@Timeout(180)
class StoresAwayTest {
    private static final Logger LOG = LoggerFactory.getLogger(StoresAwayTest.class);
    private static final String MODEL = "metered";
    private static final String REQUEST = Caller.request(MODEL, false);
    private static final String STREAM = Caller.request(MODEL, true);

    private static final boolean IS_STRICT = Boolean.getBoolean("tollgate.stores.strict");

    /** A reservation is given up after 250 ms, and then a call has the machine's own time. */
    private static final Duration GIVEN_UP = Duration.ofMillis(IS_STRICT ? 1_500 : 5_000);

    /** A refusal once nobody asks the store any more. */
    private static final Duration AT_ONCE = Duration.ofMillis(IS_STRICT ? 50 : 250);

    /** A call that needs nothing of what is away. */
    private static final Duration UNAFFECTED = Duration.ofMillis(500);

    private static final int HIGH = 99;
    private static final int AT_ONCE_PERCENT = IS_STRICT ? HIGH : 50;
    private static final int UNAFFECTED_PERCENT = IS_STRICT ? HIGH : 90;

    /** A request to the admin API waits for a connection for 5 s. */
    private static final Duration ADMIN_REFUSED = Duration.ofSeconds(IS_STRICT ? 6 : 15);

    private static final Duration BACK_WITHIN = Duration.ofSeconds(IS_STRICT ? 10 : 30);
    private static final Duration OUTAGE = Duration.ofSeconds(5);
    private static final Duration BOTH_AWAY =
            Duration.ofSeconds(Integer.getInteger("tollgate.stores.both-seconds", 10));

    @RegisterExtension
    @Order(1)
    static final Stores STORES = Stores.start(IS_STRICT);

    @RegisterExtension
    @Order(2)
    static final WholeServer SERVER = new WholeServer(settings());

    private static GatedUpstream upstream;
    private static Caller prepaid;
    private static Caller postpaid;
    private static Caller lenient;

    private static Map<String, Object> settings() {
        return new HashMap<>(STORES.settings());
    }

    @BeforeAll
    static void three_callers() throws IOException {
        upstream = new GatedUpstream();
        SERVER.world().account("openai", upstream.uri(), Map.of());
        SERVER.world().model(MODEL, "openai", "1", "10");
        long ann = SERVER.world().user("ann", "10");
        SERVER.admin().put("/api/admin/users/" + ann, Map.of("daily_cost_limit", "9", "rpm_limit", 1_000_000));
        long bob = SERVER.world().user("bob", "0");
        SERVER.admin().put("/api/admin/users/" + bob, Map.of("billing_mode", "postpaid"));
        long cid = SERVER.world().user("cid", "0");
        SERVER.world().quota(cid, "10", Map.of("spend_mode", "lenient"));
        prepaid = caller(ann);
        postpaid = caller(bob);
        lenient = caller(cid);
        List.of(prepaid, postpaid, lenient)
                .forEach(caller -> assertThat(caller.call(Dialect.CHAT, REQUEST).statusCode())
                        .isEqualTo(200));
    }

    @AfterAll
    static void stop() {
        upstream.close();
    }

    @Test
    void without_the_live_store_only_what_has_no_strict_limit_is_served() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            upstream.shutGate();
            Future<HttpResponse<byte[]>> inFlight = threads.submit(() -> prepaid.call(Dialect.CHAT, STREAM));
            upstream.awaitStream();
            STORES.beforeRedis.reject();

            Timed refused = Paced.one(prepaid, REQUEST);
            assertThat(refused.status()).isEqualTo(503);
            HttpResponse<byte[]> again = prepaid.call(Dialect.CHAT, REQUEST);
            assertThat(again.headers().firstValue("retry-after")).isPresent();
            assertThat(text(again)).contains("no_available_account");
            assertThat(Paced.during(OUTAGE, postpaid, REQUEST).statuses()).containsExactly(200);
            assertThat(Paced.during(Duration.ofSeconds(1), lenient, REQUEST).statuses())
                    .containsExactly(200);
            Paced refusals = Paced.during(Duration.ofSeconds(2), prepaid, REQUEST);
            LOG.info("Redis rejects, prepaid: {}", refusals);
            assertRefusedAtOnce(refusals);
            assertLimitsAreTold();

            upstream.openGate();
            assertThat(text(inFlight.get())).contains("[DONE]");
        }
        JsonNode monitor = SERVER.admin().get("/api/admin/monitor");
        assertThat(monitor.at("/live_store/status").asText()).isEqualTo("away");
        assertThat(monitor.at("/degraded/since").isNull()).isFalse();
        assertThat(monitor.at("/degraded/taken").asText()).isNotEqualTo("0");
        assertThat(monitor.at("/nodes/0/status").asText()).isEqualTo("ready");
        assertThat(metric("tollgate_store_up{store=\"live_store\"")).endsWith(" 0.0");

        assertBack("Redis passes again", prepaid, STORES::heal);
        Eventually.holds(
                "all is up",
                BACK_WITHIN,
                () -> SERVER.admin()
                        .get("/api/admin/monitor")
                        .at("/degraded/since")
                        .isNull());
    }

    /** Money by the records; the counts, which the live store alone has, as not known. */
    private static void assertLimitsAreTold() {
        JsonNode limits = SERVER.admin().get("/api/admin/users?search=ann").at("/items/0/limits");
        assertThat(limits).hasSize(2);
        assertThat(limits.at("/0/name").asText()).isEqualTo("user_cost");
        assertThat(limits.at("/0/used").asText()).isNotEqualTo("0");
        assertThat(limits.at("/1/name").asText()).isEqualTo("user_requests_per_minute");
        assertThat(limits.at("/1/used").isNull()).isTrue();
    }

    @Test
    void what_is_served_without_the_live_store_is_bounded_by_the_allowance() {
        SERVER.admin().put("/api/admin/configs", Map.of("degraded.allowance", "0.005"));
        try {
            STORES.beforeRedis.reject();
            Paced calls = Paced.during(OUTAGE, postpaid, REQUEST);
            long served =
                    calls.calls().stream().filter(call -> call.status() == 200).count();

            LOG.info("an allowance of $0.005 served {} calls of $0.0002", served);
            assertThat(served).isBetween(5L, 25L);
            assertThat(calls.calls().getLast().status()).isEqualTo(503);
        } finally {
            STORES.heal();
            SERVER.admin().put("/api/admin/configs", Map.of("degraded.allowance", "10"));
        }
        assertBack("Redis passes again", prepaid, STORES::heal);
    }

    @Test
    void a_live_store_that_hangs_holds_nobody_up() {
        STORES.redis.freeze();
        try {
            Paced refusals = Paced.during(OUTAGE, prepaid, REQUEST);
            LOG.info("Redis hangs, prepaid: {}", refusals);
            assertThat(refusals.statuses()).containsExactly(503);
            assertThat(refusals.slowest()).isLessThan(GIVEN_UP);
            Paced served = Paced.during(OUTAGE, postpaid, REQUEST);
            LOG.info("Redis hangs, postpaid: {}", served);
            assertThat(served.statuses()).containsExactly(200);
            assertThat(served.slowest()).isLessThan(GIVEN_UP);
            Paced atOnce = Paced.during(Duration.ofSeconds(2), prepaid, REQUEST);
            LOG.info("Redis hangs for longer than the breaker waits, prepaid: {}", atOnce);
            assertRefusedAtOnce(atOnce);
        } finally {
            STORES.redis.thaw();
        }
        assertBack("Redis goes on", prepaid, () -> {});
        LiveStore liveStore = SERVER.bean(LiveStore.class);
        Eventually.holds(
                "what was taken for callers who had gone runs out",
                Duration.ofSeconds(LiveStore.LEASE_SECONDS).multipliedBy(2),
                () -> liveStore.openHolds() == 0);
    }

    @Test
    void half_open_connections_to_the_live_store_hold_nobody_up() {
        STORES.beforeRedis.halfOpen();
        Paced calls = Paced.during(OUTAGE, prepaid, REQUEST);
        LOG.info("Redis half open, prepaid: {}", calls);
        assertThat(calls.slowest()).isLessThan(GIVEN_UP);
        assertBack("Redis half open", prepaid, () -> {});
    }

    @Test
    void no_call_fails_because_the_database_is_away() {
        Paced before = Paced.during(Duration.ofSeconds(2), prepaid, REQUEST);
        STORES.beforeMariaDb.reject();
        assertServed("MariaDB rejects", before);
        String known = prepaid.key();
        String unknown = known.substring(0, known.length() - 1) + (known.endsWith("0") ? "1" : "0");
        assertThat(new Caller(SERVER.uri(), unknown).call(Dialect.CHAT, REQUEST).statusCode())
                .isIn(401, 503);
        assertThat(SERVER.admin()
                        .request("GET", "/api/admin/packages", null)
                        .get("code")
                        .asInt())
                .isEqualTo(503);
        Eventually.holds(
                "the monitor tells",
                Duration.ofSeconds(10),
                () -> SERVER.admin()
                        .get("/api/admin/monitor")
                        .at("/database/status")
                        .asText()
                        .equals("away"));
        assertThat(metric("tollgate_store_up{store=\"database\"")).endsWith(" 0.0");
        assertThat(readiness()).isEqualTo(200);

        long healed = System.nanoTime();
        STORES.heal();
        Eventually.holds(
                "the database is back",
                BACK_WITHIN,
                () -> SERVER.admin()
                                .request("GET", "/api/admin/packages", null)
                                .get("code")
                                .asInt()
                        == 0);
        LOG.info(
                "MariaDB back after {} ms",
                Duration.ofNanos(System.nanoTime() - healed).toMillis());
    }

    @Test
    void no_call_waits_for_a_database_that_hangs() {
        Paced before = Paced.during(Duration.ofSeconds(2), prepaid, REQUEST);
        STORES.mariaDb.freeze();
        try {
            assertServed("MariaDB hangs", before);
            long asked = System.nanoTime();
            assertThat(SERVER.admin()
                            .request("GET", "/api/admin/packages", null)
                            .get("code")
                            .asInt())
                    .isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(ADMIN_REFUSED);
        } finally {
            STORES.mariaDb.thaw();
        }
    }

    @Test
    void half_open_connections_to_the_database_hang_nothing() {
        Paced before = Paced.during(Duration.ofSeconds(1), prepaid, REQUEST);
        STORES.beforeMariaDb.halfOpen();
        assertServed("MariaDB half open", before);
        Eventually.holds(
                "the database is back",
                BACK_WITHIN,
                () -> SERVER.admin()
                                .request("GET", "/api/admin/packages", null)
                                .get("code")
                                .asInt()
                        == 0);
    }

    @Test
    void with_both_away_calls_in_flight_finish_and_new_ones_are_refused_at_once() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            upstream.shutGate();
            Future<HttpResponse<byte[]>> inFlight = threads.submit(() -> prepaid.call(Dialect.CHAT, STREAM));
            upstream.awaitStream();
            STORES.beforeMariaDb.reject();
            STORES.beforeRedis.reject();
            Eventually.holds("the node knows", Duration.ofSeconds(20), () -> readiness() == 503);

            Paced refusals = Paced.during(BOTH_AWAY, postpaid, REQUEST);
            LOG.info("both reject, postpaid: {}", refusals);
            assertRefusedAtOnce(refusals);
            upstream.openGate();
            assertThat(text(inFlight.get())).contains("[DONE]");
        }
        assertBack("both pass again", prepaid, STORES::heal);
    }

    private static void assertServed(String state, Paced before) {
        Paced calls = Paced.during(OUTAGE.multipliedBy(2), prepaid, REQUEST);
        LOG.info("{}, prepaid: {}; before: {}", state, calls, before);
        assertThat(calls.statuses()).as("%s", calls.refusal()).isSubsetOf(200, 503);
        assertThat(calls.refused())
                .as("reservations over their 250 ms, which is the machine's doing: %s", calls.refusal())
                .isLessThanOrEqualTo(calls.calls().size() / 50);
        assertThat(calls.slowest()).isLessThan(GIVEN_UP);
        Duration usual = before.percentile(UNAFFECTED_PERCENT);
        assertThat(calls.percentile(UNAFFECTED_PERCENT)).isLessThan(IS_STRICT ? usual.multipliedBy(2) : UNAFFECTED);
    }

    /** All but those for which the machine's own time is too long: one in a hundred where it does nothing else. */
    private static void assertRefusedAtOnce(Paced refusals) {
        assertThat(refusals.statuses()).containsExactly(503);
        assertThat(refusals.percentile(AT_ONCE_PERCENT)).isLessThan(AT_ONCE);
        assertThat(refusals.slowest()).isLessThan(GIVEN_UP);
    }

    private static void assertBack(String what, Caller caller, Runnable heal) {
        long healed = System.nanoTime();
        heal.run();
        Eventually.holds(
                what, BACK_WITHIN, () -> caller.call(Dialect.CHAT, REQUEST).statusCode() == 200);
        LOG.info(
                "{}: served after {} ms",
                what,
                Duration.ofNanos(System.nanoTime() - healed).toMillis());
    }

    private static Caller caller(long user) {
        return new Caller(SERVER.uri(), SERVER.world().key(user, Map.of()));
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static int readiness() {
        return Http.get(SERVER.uri().resolve("/health/readiness")).statusCode();
    }

    private static String metric(String begin) {
        return Http.get(SERVER.managementUri().resolve("/prometheus"))
                .body()
                .lines()
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .orElse("no " + begin);
    }
}
