package dev.tollgate.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.AdminClient;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.Nodes;
import dev.tollgate.bootstrap.server.ShapedUpstream;
import dev.tollgate.bootstrap.server.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grants through two gateways: each counts once, can be spent on both, and ends on both. */
class GrantsOnTwoNodesTest {
    private static final int ATTEMPTS = 64;
    private static final Duration NEWS_WITHIN = Duration.ofSeconds(10);
    private static final String MODEL = "granted-model";
    private static final String REDEEM = "/api/redeem";

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
    void a_code_redeemed_by_many_at_once_on_both_credits_one() throws Exception {
        long user = world.user("ann", "0");
        String code = code(Map.of("value", "2.5", "count", 1));
        List<AdminClient> sessions = sessions("ann");

        List<JsonNode> answers =
                atOnce(attempt -> sessions.get(attempt % 2).request("POST", REDEEM, Map.of("code", code)));

        assertThat(answers).extracting(answer -> answer.get("code").asInt()).containsOnly(0, 409);
        assertThat(answers)
                .filteredOn(answer -> answer.get("code").asInt() == 0)
                .singleElement()
                .satisfies(
                        answer -> assertThat(answer.at("/data/value").asText()).isEqualTo("2.5"));
        JsonNode credits = world.admin().get("/api/admin/users/" + user + "/credits");
        assertThat(credits.get("balance").asText()).isEqualTo("2.5");
        assertThat(credits.get("items")).hasSize(1);
        served(world.key(user, Map.of()));
        nodes.audit(1);
    }

    @Test
    void a_code_for_a_package_goes_to_one_of_many_users() throws Exception {
        long offer = offer("won");
        String code = code(Map.of("package_id", offer));
        List<Long> users = new ArrayList<>();
        List<AdminClient> sessions = new ArrayList<>();
        for (String name : List.of("bob", "cid", "dee", "eve")) {
            users.add(world.user(name, "0"));
            sessions.addAll(sessions(name));
        }

        List<JsonNode> answers = atOnce(
                attempt -> sessions.get(attempt % sessions.size()).request("POST", REDEEM, Map.of("code", code)));

        assertThat(answers).extracting(answer -> answer.get("code").asInt()).containsOnly(0, 409);
        JsonNode won = answers.stream()
                .filter(answer -> answer.get("code").asInt() == 0)
                .toList()
                .getFirst()
                .at("/data/user_package");
        List<Long> holders = users.stream()
                .filter(user -> world.admin()
                                .get("/api/admin/user-packages/user/" + user)
                                .get("total")
                                .asInt()
                        > 0)
                .toList();
        assertThat(holders).containsExactly(won.get("user_id").asLong());
        served(world.key(
                holders.getFirst(), Map.of("user_package_id", won.get("id").asLong())));
    }

    @Test
    void a_package_that_is_ended_on_one_admits_nothing_on_the_other() {
        long user = world.user("fay", "0");
        long held = world.admin()
                .post("/api/admin/user-packages/user/" + user, Map.of("package_id", offer("ended")))
                .get("id")
                .asLong();
        String key = world.key(user, Map.of("user_package_id", held));
        served(key);

        world.admin().delete("/api/admin/user-packages/" + held);

        assertThat(status(1, key)).isEqualTo(402);
        assertThat(status(0, key)).isEqualTo(402);
    }

    @Test
    void a_renewal_paid_once_adds_one_term_whichever_gateway_is_told() throws Exception {
        long user = world.user("gil", "0");
        JsonNode held =
                world.admin().post("/api/admin/user-packages/user/" + user, Map.of("package_id", offer("renewed")));
        String path = "/api/admin/user-packages/" + held.get("id").asLong();
        List<AdminClient> admins =
                List.of(nodes.world(0).admin(), nodes.world(1).admin());

        List<JsonNode> answers = atOnce(
                attempt -> admins.get(attempt % 2).request("POST", path + "/renew", Map.of("reference", "order-1")));

        String end = Instant.parse(held.get("expire_time").asText())
                .plus(Duration.ofDays(30))
                .toString();
        assertThat(answers)
                .extracting(answer -> answer.at("/data/expire_time").asText())
                .containsOnly(end);
        assertThat(world.admin().get(path + "/events").get("items").findValuesAsText("kind"))
                .containsExactly("renewed", "assigned");
    }

    private static long offer(String name) {
        return world.admin()
                .post(
                        "/api/admin/packages",
                        Map.of("name", name, "type", "quota", "quota_amount", "1", "duration_days", 30))
                .get("id")
                .asLong();
    }

    private static String code(Map<String, Object> batch) {
        return world.admin()
                .post("/api/admin/redeem-codes", batch)
                .at("/items/0/code")
                .asText();
    }

    /** A user's session on each gateway. */
    private static List<AdminClient> sessions(String name) {
        return nodes.all().stream()
                .map(node -> AdminClient.login(node.uri(), name, "correct horse battery " + name))
                .toList();
    }

    private static void served(String key) {
        for (int node = 0; node < 2; node++) {
            int asked = node;
            Eventually.holds("the gateway serves it", NEWS_WITHIN, () -> status(asked, key) == 200);
        }
    }

    private static int status(int node, String key) {
        return new Caller(nodes.get(node).uri(), key)
                .callAdmitted(Dialect.CHAT, Caller.request(MODEL, false))
                .statusCode();
    }

    private static List<JsonNode> atOnce(IntFunction<JsonNode> attempts) throws Exception {
        List<Future<JsonNode>> running = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < ATTEMPTS; i++) {
                int attempt = i;
                running.add(pool.submit(() -> attempts.apply(attempt)));
            }
            List<JsonNode> answers = new ArrayList<>();
            for (Future<JsonNode> one : running) {
                answers.add(one.get());
            }
            return answers;
        }
    }
}
