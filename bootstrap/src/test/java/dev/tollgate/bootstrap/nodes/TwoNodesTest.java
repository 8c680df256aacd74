package dev.tollgate.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.AdminClient;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.GatewayProcess;
import dev.tollgate.bootstrap.server.Nodes;
import dev.tollgate.bootstrap.server.ShapedUpstream;
import dev.tollgate.bootstrap.server.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways on one database and one Redis. */
class TwoNodesTest {
    private static final String MODEL = "gpt-4o-mini";
    private static final int CALLS = 20;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(30);

    @Test
    void bill_each_call_once_whichever_of_them_it_goes_through(@TempDir Path folder) throws Exception {
        try (Nodes nodes = Nodes.start(folder, 2);
                ShapedUpstream upstream = new ShapedUpstream()) {
            World world = nodes.world(0);
            world.account("openai", upstream.uri().resolve("/v1"), Map.of());
            String key = world.key(world.user("ann", "1"), Map.of());
            for (int call = 0; call < CALLS; call++) {
                Caller caller = new Caller(nodes.get(call % 2).uri(), key);
                var answer = caller.callAdmitted(Dialect.CHAT, Caller.request(MODEL, call % 4 < 2));
                assertThat(answer.statusCode())
                        .as("%s", new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
                        .isEqualTo(200);
            }
            nodes.audit(0);
            nodes.audit(1);
            assertThat(nodes.world(1).records()).hasSize(CALLS);
            assertThat(nodes.get(0).terminate()).as("%s", nodes.get(0).log()).isZero();
            assertThat(nodes.get(1).terminate()).as("%s", nodes.get(1).log()).isZero();
        }
    }

    @Test
    void are_seen_by_one_another_until_one_is_gone(@TempDir Path folder) throws Exception {
        try (Nodes nodes = Nodes.start(folder, 1, Map.of("TOLLGATE_NODE_ID", "left"))) {
            GatewayProcess right = nodes.add(Map.of("TOLLGATE_NODE_ID", "right"));
            AdminClient left = nodes.world(0).admin();
            Eventually.holds("left sees right", SOON, () -> status(left, 1).equals("right ready"));
            assertThat(status(left, 0)).isEqualTo("left ready");
            AdminClient other = nodes.world(1).admin();
            assertThat(status(other, 0)).isEqualTo("right ready");
            assertThat(status(other, 1)).isEqualTo("left ready");

            right.kill();
            Eventually.holds(
                    "left sees right gone", GONE_WITHIN, () -> status(left, 1).equals("right gone"));
            right.startAgain();
            Eventually.holds(
                    "left sees right again", SOON, () -> status(left, 1).equals("right ready"));

            assertThat(right.terminate()).as("%s", right.log()).isZero();
            assertThat(left.get("/api/admin/monitor").get("nodes")).hasSize(1);
        }
    }

    @Test
    void of_one_name_are_refused_but_for_the_one_that_was_killed(@TempDir Path folder) throws Exception {
        Map<String, String> same = Map.of("TOLLGATE_NODE_ID", "twin");
        try (Nodes nodes = Nodes.start(folder, 1, same)) {
            assertThatThrownBy(() -> nodes.add(same)).hasMessageContaining("another node is called twin");

            nodes.get(0).kill();
            nodes.get(0).startAgain();
            assertThat(status(nodes.world(0).admin(), 0)).isEqualTo("twin ready");
        }
    }

    private static String status(AdminClient asked, int place) {
        JsonNode node = asked.get("/api/admin/monitor").at("/nodes/" + place);
        return node.path("name").asText() + " " + node.path("status").asText();
    }
}
