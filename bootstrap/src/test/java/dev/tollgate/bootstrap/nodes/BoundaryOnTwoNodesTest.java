package dev.tollgate.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.Nodes;
import dev.tollgate.bootstrap.server.ShapedUpstream;
import dev.tollgate.bootstrap.server.World;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sixty-four callers at once through two gateways while a day ends: each call counts in the day of its admission, by the
 * instant in its id, and in no other. A zone is chosen whose midnight is about to come.
 *
 * <p>Two midnights in every build, and as many as {@code -Dtollgate.nodes.boundaries} says, for which
 * {@code -Dtest.timeout} gives the time.
 */
class BoundaryOnTwoNodesTest {
    private static final Logger LOG = LoggerFactory.getLogger(BoundaryOnTwoNodesTest.class);
    private static final int ROUNDS = Integer.getInteger("tollgate.nodes.boundaries", 2);
    private static final int CALLERS = 64;

    /** Rounds in which a slow machine made no call before midnight, which are done again. */
    private static final int SLOW_ROUNDS_MAX = 20;

    private static final int SERVED = 200;
    private static final String REQUESTS_MAX = "1000000";
    private static final String ROOM = "1000";
    private static final int DAY_SECONDS = 24 * 60 * 60;
    private static final int GOES_ON_MILLIS = 500;
    private static final String MODEL = "timed";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Nodes nodes;
    private static ShapedUpstream upstream;
    private static World world;

    @BeforeAll
    static void start() throws IOException {
        upstream = new ShapedUpstream();
        nodes = Nodes.start(folder, 2);
        world = nodes.world(0);
        world.account("openai", upstream.uri().resolve("/v1"), Map.of());
        world.model(MODEL, "openai", "1", "1");
    }

    @AfterAll
    static void stop() {
        nodes.close();
        upstream.close();
    }

    @Test
    void calls_around_midnight_count_in_the_day_of_their_admission() throws Exception {
        int calls = callUntil(Instant.now(), world.key(world.user("warm", "10"), Map.of()))
                .size();
        int crossed = 0;
        for (int round = 1; crossed < ROUNDS; round++) {
            assertThat(round).as("a machine that calls before midnight").isLessThanOrEqualTo(ROUNDS + SLOW_ROUNDS_MAX);
            List<Answered> answers = round(round);
            calls += answers.size();
            boolean isSplit = answers.stream().map(Answered::isAfter).distinct().count() == 2;
            crossed += isSplit ? 1 : 0;
        }
        nodes.audit(0);
        LOG.info("{} days ended during {} calls, and each call counted in its own", crossed, calls);
    }

    private static List<Answered> round(int round) throws Exception {
        Instant midnight = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
        String key = caller("boundary-" + round, zoneWith(midnight));
        List<Answered> answers = callUntil(midnight.plusMillis(GOES_ON_MILLIS), key).stream()
                .map(answer -> answer.at(midnight))
                .toList();

        List<Answered> after = answers.stream().filter(Answered::isAfter).toList();
        JsonNode told = told(key);
        assertThat(ofDay(told).get("used").asText()).isEqualTo(Integer.toString(after.size()));
        BigDecimal spent = after.stream().map(Answered::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
        JsonNode used = told.get("packages").get(0).get("daily_used");
        assertThat(new BigDecimal(used.asText())).isEqualByComparingTo(spent);
        return answers;
    }

    /** The fixed offset from Greenwich at which it is midnight then. */
    private static String zoneWith(Instant midnight) {
        int seconds = (int) (midnight.getEpochSecond() % DAY_SECONDS);
        return ZoneOffset.ofTotalSeconds(seconds <= DAY_SECONDS / 2 ? -seconds : DAY_SECONDS - seconds)
                .getId();
    }

    private static String caller(String name, String zone) {
        long user = world.admin()
                .post(
                        "/api/admin/users",
                        Map.of("username", name, "password", "correct horse battery " + name, "time_zone", zone))
                .get("id")
                .asLong();
        long offered = world.admin()
                .post(
                        "/api/admin/packages",
                        Map.of(
                                "name",
                                name,
                                "type",
                                "subscription",
                                "daily_quota",
                                ROOM.toString(),
                                "time_zone",
                                zone,
                                "duration_days",
                                30))
                .get("id")
                .asLong();
        world.admin().post("/api/admin/user-packages/user/" + user, Map.of("package_id", offered));
        return world.key(user, Map.of("daily_request_limit", Long.parseLong(REQUESTS_MAX)));
    }

    private static List<Answered> callUntil(Instant end, String key) throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Answered>>> all = new ArrayList<>();
            for (int number = 0; number < CALLERS; number++) {
                Caller caller = new Caller(nodes.get(number % 2).uri(), key);
                all.add(callers.submit(() -> callUntil(end, caller)));
            }
            List<Answered> answers = new ArrayList<>();
            for (Future<List<Answered>> one : all) {
                answers.addAll(one.get());
            }
            return answers;
        }
    }

    /**
     * Call by call, until one was admitted then or later. A slow machine misses the live store's deadline now and then;
     * what is refused is counted nowhere.
     */
    private static List<Answered> callUntil(Instant end, Caller caller) {
        List<Answered> answers = new ArrayList<>();
        while (answers.isEmpty() || answers.getLast().admitted().isBefore(end)) {
            HttpResponse<byte[]> answer = caller.callAdmitted(Dialect.CHAT, Caller.request(MODEL, false));
            assertThat(answer.statusCode()).as("%s", answer).isEqualTo(SERVED);
            answers.add(Answered.of(answer));
        }
        return answers;
    }

    /** What the key's holder is told of its limits. */
    private static JsonNode told(String key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(nodes.get(1).uri() + "/v1/usage"))
                .header("authorization", "Bearer " + key)
                .build();
        return JSON.readTree(HTTP.send(request, BodyHandlers.ofByteArray()).body());
    }

    private static JsonNode ofDay(JsonNode told) {
        return Stream.iterate(0, place -> place + 1)
                .limit(told.get("limits").size())
                .map(told.get("limits")::get)
                .filter(limit -> limit.get("limit").asText().equals(REQUESTS_MAX))
                .findFirst()
                .orElseThrow();
    }

    /**
     * @param admitted when, by the gateway that did
     * @param isAfter whether that was at midnight or later
     */
    private record Answered(Instant admitted, BigDecimal cost, boolean isAfter) {
        Answered at(Instant midnight) {
            return new Answered(admitted, cost, !admitted.isBefore(midnight));
        }

        static Answered of(HttpResponse<byte[]> answer) {
            UUID id =
                    UUID.fromString(answer.headers().firstValue("x-request-id").orElseThrow());
            String cost = answer.headers().firstValue("x-tollgate-cost").orElseThrow();
            return new Answered(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16), new BigDecimal(cost), false);
        }
    }
}
