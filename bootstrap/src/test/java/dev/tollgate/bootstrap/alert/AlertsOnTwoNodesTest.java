package dev.tollgate.bootstrap.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.DearAnswers;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.Nodes;
import dev.tollgate.bootstrap.server.World;
import dev.tollgate.upstream.ScriptedUpstream;
import java.net.URI;
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

/** A package that is used up through two gateways at once is told of once for each threshold. */
class AlertsOnTwoNodesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(12);
    private static final int CALLS = 40;

    @Test
    void thresholds_crossed_on_both_are_told_once_each_though_the_watching_node_dies(@TempDir Path folder)
            throws Exception {
        try (Nodes nodes = Nodes.start(folder, 2);
                ScriptedUpstream upstream = ScriptedUpstream.answering(DearAnswers::asDearAsAllowed);
                Receiver receiver = new Receiver()) {
            World world = nodes.world(0);
            world.account("openai", URI.create(upstream.baseUrl() + "/v1"), Map.of("allowed_models", List.of("dear")));
            world.model("dear", "openai", "0", "100");
            world.admin()
                    .post(
                            "/api/admin/webhooks",
                            Map.of("url", receiver.url(), "events", List.of("*"), "secret", Receiver.SECRET));
            long user = world.user("ann", "0");
            long held = world.quota(user, "0.40", Map.of());
            String key = world.key(user, Map.of("user_package_id", held));
            Eventually.holds("the other node knows", SOON, () -> status(nodes, 1, key) == 200);

            burst(nodes, key);
            Eventually.holds("it is used up", SOON, () -> status(nodes, 0, key) == 402);
            Eventually.holds(
                    "both are told",
                    SOON,
                    () -> receiver.events("package.threshold").size() >= 2);

            nodes.get(0).kill(); // whichever watches: the other one goes on, and tells nothing again
            Eventually.pause(QUIET);
            assertThat(receiver.events("package.threshold"))
                    .extracting(event -> event.data().get("percent").asInt())
                    .containsExactlyInAnyOrder(80, 100);
            assertThat(receiver.refused()).isEmpty();
            long webhook = nodes.world(1)
                    .admin()
                    .get("/api/admin/webhooks")
                    .at("/items/0/id")
                    .asLong();
            nodes.world(1).admin().post("/api/admin/webhooks/" + webhook + "/test", Map.of());
            Eventually.holds(
                    "the other node delivers",
                    SOON,
                    () -> receiver.events("test").size() == 1);
            nodes.audit(1);
        }
    }

    private static void burst(Nodes nodes, String key) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> calls = new ArrayList<>();
            for (int call = 0; call < CALLS; call++) {
                int node = call % 2;
                calls.add(threads.submit(() -> status(nodes, node, key)));
            }
            for (Future<Integer> call : calls) {
                assertThat(call.get()).isIn(200, 402, 503);
            }
        }
    }

    private static int status(Nodes nodes, int node, String key) {
        return new Caller(nodes.get(node).uri(), key)
                .call(
                        Dialect.CHAT,
                        "{\"model\":\"dear\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
                .statusCode();
    }
}
