package dev.tollgate.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.Nodes;
import dev.tollgate.bootstrap.server.ShapedUpstream;
import dev.tollgate.bootstrap.server.World;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways on one database and one Redis. */
class TwoNodesTest {
    private static final String MODEL = "gpt-4o-mini";
    private static final int CALLS = 20;

    @Test
    void bill_each_call_once_whichever_of_them_it_goes_through(@TempDir Path folder) throws Exception {
        try (Nodes nodes = Nodes.start(folder, 2);
                ShapedUpstream upstream = new ShapedUpstream()) {
            World world = nodes.world(0);
            world.account("openai", upstream.uri().resolve("/v1"), Map.of());
            String key = world.key(world.user("ann", "1"), Map.of());
            for (int call = 0; call < CALLS; call++) {
                Caller caller = new Caller(nodes.get(call % 2).uri(), key);
                var answer = caller.call(Dialect.CHAT, Caller.request(MODEL, call % 4 < 2));
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
}
