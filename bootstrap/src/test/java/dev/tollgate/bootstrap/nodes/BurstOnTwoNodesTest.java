package dev.tollgate.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.DearAnswers;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.Nodes;
import dev.tollgate.bootstrap.server.World;
import dev.tollgate.upstream.ScriptedUpstream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many calls at once through two gateways against money for a few of them: never a nano-dollar too much, and never a
 * call refused that could be paid at its bound.
 *
 * <p>Three rounds in every build; {@code -Pburst} makes them as many as {@code -Dtollgate.burst.rounds} says.
 */
class BurstOnTwoNodesTest {
    private static final int ROUNDS = Integer.getInteger("tollgate.burst.rounds", 3);
    private static final long SEED = Long.getLong("tollgate.burst.seed", System.nanoTime());
    private static final int CALLS = 500;
    private static final int AFFORDABLE_MAX = 20;
    private static final int AUDIT_EVERY = 10;
    private static final int SERVED = 200;
    private static final int REFUSED = 402;
    private static final int UNAVAILABLE = 503;
    private static final int ASKED_AFTERWARDS_MAX = 1_000;
    private static final Duration NEWS_WITHIN = Duration.ofSeconds(10);
    private static final Duration QUIET_WITHIN = Duration.ofSeconds(30);
    private static final BigDecimal CALL = new BigDecimal("0.01");
    private static final BigDecimal REST = new BigDecimal("0.005");

    /** What runs out in a round. */
    private enum Money {
        QUOTA,
        SUBSCRIPTION,
        CREDIT,
        KEY,
        USER;

        /** A key with so much money behind it. */
        String key(World world, String name, String amount) {
            long user = world.user(name, this == CREDIT ? amount : this == KEY || this == USER ? "1000" : "0");
            return switch (this) {
                case QUOTA -> world.key(user, Map.of("user_package_id", world.quota(user, amount, Map.of())));
                case SUBSCRIPTION -> world.key(user, Map.of("user_package_id", subscription(world, user, amount)));
                case CREDIT -> world.key(user, Map.of());
                case KEY -> world.key(user, Map.of("total_cost_limit", amount));
                case USER -> {
                    world.admin().put("/api/admin/users/" + user, Map.of("monthly_cost_limit", amount));
                    yield world.key(user, Map.of());
                }
            };
        }

        private static long subscription(World world, long user, String amount) {
            Map<String, Object> offered = Map.of(
                    "name", "weeks of " + amount, "type", "subscription", "weekly_quota", amount, "duration_days", 30);
            long packageId =
                    world.admin().post("/api/admin/packages", offered).get("id").asLong();
            return world.admin()
                    .post("/api/admin/user-packages/user/" + user, Map.of("package_id", packageId))
                    .get("id")
                    .asLong();
        }
    }

    @TempDir
    private static Path folder;

    private static Nodes nodes;
    private static World world;

    @BeforeAll
    static void start() throws IOException {
        nodes = Nodes.start(folder, 2);
        world = nodes.world(0);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void calls_as_dear_as_allowed_get_exactly_what_the_money_is_for() throws Exception {
        Random random = new Random(SEED);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(DearAnswers::asDearAsAllowed)) {
            serve("dear", upstream);
            int unavailable = 0;
            for (int round = 0; round < ROUNDS; round++) {
                Money money = money(round);
                int affordable = 1 + random.nextInt(AFFORDABLE_MAX);
                String key = money.key(world, "dear-" + round, amount(affordable));
                Burst burst = burst("dear", key);
                unavailable += burst.unavailable;
                int afterwards = afterwards("dear", key);
                String about = "round " + round + " of seed " + SEED + ", " + money + ": " + burst;
                assertThat(burst.served + afterwards).as("%s", about).isEqualTo(affordable);
                assertThat(burst.served).as("%s", about).isGreaterThanOrEqualTo(affordable - burst.unavailable);
                if (round % AUDIT_EVERY == 0) {
                    nodes.audit(round / AUDIT_EVERY % 2);
                }
            }
            nodes.audit(0);
            report(ROUNDS + " rounds as dear as allowed: overspend 0, " + unavailable + " of " + (long) ROUNDS * CALLS
                    + " calls 503");
        }
    }

    @Test
    void calls_of_any_cost_never_spend_more_than_there_is() throws Exception {
        Random random = new Random(SEED);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(DearAnswers::asTheyCome)) {
            serve("any", upstream);
            for (int round = 0; round < ROUNDS; round++) {
                Money money = money(round);
                BigDecimal amount = new BigDecimal(amount(1 + random.nextInt(AFFORDABLE_MAX)));
                String name = "any-" + round;
                String key = money.key(world, name, amount.toPlainString());
                burst("any", key);
                int afterwards = afterwards("any", key);
                BigDecimal spent = spent(name);
                assertThat(spent)
                        .as("round %s of seed %s, %s, %s afterwards", round, SEED, money, afterwards)
                        .isLessThanOrEqualTo(amount)
                        .isGreaterThan(amount.subtract(CALL));
            }
            nodes.audit(1);
            report(ROUNDS + " rounds of any cost: overspend 0");
        }
    }

    private static void serve(String model, ScriptedUpstream upstream) {
        world.account("openai", URI.create(upstream.baseUrl() + "/v1"), Map.of("allowed_models", List.of(model)));
        world.model(model, "openai", "0", "100");
        String penniless = world.key(world.user("penniless-" + model, "0"), Map.of());
        for (int node = 0; node < 2; node++) {
            int asked = node;
            Eventually.holds("the node knows the model", NEWS_WITHIN, () -> status(model, penniless, asked) == REFUSED);
        }
    }

    /** All kinds in turn, beginning anywhere. */
    private static Money money(int round) {
        return Money.values()[(int) Math.floorMod(SEED + round, (long) Money.values().length)];
    }

    private static String amount(int calls) {
        return CALL.multiply(BigDecimal.valueOf(calls)).add(REST).toPlainString();
    }

    /** How many calls were served, refused for want of money, and not served for want of a store or an account. */
    private record Burst(int served, int refused, int unavailable) {}

    private static Burst burst(String model, String key) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> calls = new ArrayList<>();
            for (int call = 0; call < CALLS; call++) {
                int number = call;
                calls.add(threads.submit(() -> status(model, key, number)));
            }
            for (Future<Integer> call : calls) {
                statuses.add(call.get());
            }
        }
        int served = (int) statuses.stream().filter(status -> status == SERVED).count();
        int unavailable =
                (int) statuses.stream().filter(status -> status == UNAVAILABLE).count();
        assertThat(statuses).allMatch(status -> status == SERVED || status == REFUSED || status == UNAVAILABLE);
        return new Burst(served, CALLS - served - unavailable, unavailable);
    }

    /**
     * Spends what is left, one call after the other, until one is refused while nothing is held: not by a call that was
     * given up while Redis took its hold, nor by one that Redis has yet to settle.
     *
     * @return how many were served
     */
    private static int afterwards(String model, String key) {
        awaitQuiet();
        boolean isNothingHeld = true;
        int served = 0;
        for (int asked = 0; asked < ASKED_AFTERWARDS_MAX; asked++) {
            int status = status(model, key, CALLS + asked);
            assertThat(status).isIn(SERVED, REFUSED, UNAVAILABLE);
            if (status == REFUSED && isNothingHeld) {
                return served;
            }
            isNothingHeld = status != SERVED;
            if (isNothingHeld) {
                awaitQuiet();
            } else {
                served++;
            }
        }
        throw new AssertionError(
                "none of " + ASKED_AFTERWARDS_MAX + " calls was refused for want of money, " + served + " were served");
    }

    private static void awaitQuiet() {
        Eventually.holds("nothing is held and SQL has the round", QUIET_WITHIN, BurstOnTwoNodesTest::isQuiet);
    }

    private static int status(String model, String key, int number) {
        var answer = new Caller(nodes.get(number % 2).uri(), key).call(Dialect.CHAT, request(model, number));
        if (answer.statusCode() == REFUSED) {
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("insufficient_quota");
        }
        return answer.statusCode();
    }

    private static String request(String model, int number) {
        return "{\"model\":\"" + model + "\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hi "
                + number + "\"}]}";
    }

    private static BigDecimal spent(String username) {
        JsonNode user = world.admin().get("/api/admin/users?search=" + username).at("/items/0");
        awaitQuiet();
        return world
                .admin()
                .get("/api/admin/usage/records?limit=500&user_id="
                        + user.get("id").asLong())
                .get("items")
                .findValuesAsText("total_cost")
                .stream()
                .map(BigDecimal::new)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static boolean isQuiet() {
        JsonNode monitor = world.admin().get("/api/admin/monitor");
        return monitor.at("/calls/holds_open").asLong(-1) == 0
                && monitor.at("/stream/backlog").asLong(-1) == 0;
    }

    private static void report(String line) {
        org.slf4j.LoggerFactory.getLogger(BurstOnTwoNodesTest.class).info("{}, seed {}", line, SEED);
    }
}
