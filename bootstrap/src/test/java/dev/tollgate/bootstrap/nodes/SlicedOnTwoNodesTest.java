package dev.tollgate.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.EndlessUpstream;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.Nodes;
import dev.tollgate.bootstrap.server.World;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Endless streams through two gateways, paid a slice at a time by one package; then a gateway is killed among them. */
class SlicedOnTwoNodesTest {
    private static final Logger LOG = LoggerFactory.getLogger(SlicedOnTwoNodesTest.class);
    private static final int IN_FLIGHT = 10;
    private static final int KILLED = 3;
    private static final BigDecimal MONEY = BigDecimal.ONE;
    /** Ten slices of 512 output tokens at $75 a million. */
    private static final BigDecimal OVERSPENT_MOST = new BigDecimal("0.384");

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    @Test
    void streams_of_two_nodes_end_where_the_money_does_and_a_dead_node_holds_nothing() throws Exception {
        try (EndlessUpstream upstream = new EndlessUpstream();
                Nodes nodes = Nodes.start(folder, 2)) {
            World world = nodes.world(0);
            world.account("openai", upstream.uri().resolve("/v1"), Map.of());
            world.model("talker", "openai", "0", "75");
            long user = world.user("ann", "0");
            world.quota(user, MONEY.toPlainString(), Map.of("spend_mode", "sliced"));
            String key = world.key(user, Map.of());
            awaitNews(nodes, world);
            upstream.beginTogether(IN_FLIGHT);

            List<String> answers = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<HttpResponse<byte[]>>> calls = new ArrayList<>();
                for (int i = 0; i < IN_FLIGHT; i++) {
                    Caller caller = new Caller(nodes.get(i % 2).uri(), key);
                    calls.add(threads.submit(() -> caller.call(Dialect.CHAT, request())));
                }
                for (Future<HttpResponse<byte[]>> call : calls) {
                    answers.add(new String(call.get().body(), StandardCharsets.UTF_8));
                }
            }
            nodes.audit(0);

            assertThat(answers).allMatch(answer -> answer.contains("total cost limit of the package"));
            BigDecimal spent = spent(world, user);
            LOG.info("{} streams of two nodes on ${}: spent ${}", IN_FLIGHT, MONEY, spent);
            assertThat(spent).isLessThanOrEqualTo(MONEY.add(OVERSPENT_MOST)).isGreaterThan(new BigDecimal("0.8"));
            leaveADeadNode(nodes, upstream);
        }
    }

    /** Its holds had been raised many times over. */
    private static void leaveADeadNode(Nodes nodes, EndlessUpstream upstream) throws Exception {
        World world = nodes.world(1);
        long user = world.user("bob", "0");
        world.quota(user, "100000", Map.of("spend_mode", "sliced"));
        Caller caller = new Caller(nodes.get(0).uri(), world.key(user, Map.of()));
        upstream.beginTogether(KILLED);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < KILLED; i++) {
                var unused = threads.submit(() -> caller.call(Dialect.CHAT, request()));
            }
            Eventually.holds("slices were added", SOON, () -> held(world, user).compareTo(BigDecimal.ONE) > 0);
            nodes.get(0).kill();
        }
        nodes.audit(1);
        assertThat(held(world, user)).isZero();
    }

    /** Both know the model once they refuse it to who cannot pay. */
    private static void awaitNews(Nodes nodes, World world) {
        String penniless = world.key(world.user("penniless", "0"), Map.of());
        for (var node : nodes.all()) {
            Caller caller = new Caller(node.uri(), penniless);
            Eventually.holds(
                    "the node knows key and model",
                    SOON,
                    () -> caller.call(Dialect.CHAT, request()).statusCode() == 402);
        }
    }

    private static String request() {
        return "{\"model\":\"talker\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Talk.\"}]}";
    }

    private static BigDecimal held(World world, long user) {
        return sum(world.admin().get("/api/admin/user-packages/user/" + user).findValuesAsText("held"));
    }

    private static BigDecimal spent(World world, long user) {
        List<String> costs = new ArrayList<>();
        for (JsonNode entry : world.records()) {
            if (entry.get("user_id").asLong() == user) {
                costs.add(entry.get("total_cost").asText());
            }
        }
        assertThat(costs).hasSize(IN_FLIGHT);
        return sum(costs);
    }

    private static BigDecimal sum(List<String> amounts) {
        return amounts.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
