package dev.tollgate.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.MariaDbServer;
import dev.tollgate.bootstrap.server.Nodes;
import dev.tollgate.bootstrap.server.ShapedUpstream;
import dev.tollgate.bootstrap.server.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartWithoutDatabaseTest {
    private static final String REQUEST = Caller.request("gpt-4o-mini", false);
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void who_called_before_is_served_though_the_database_is_gone_right_after_a_start(@TempDir Path folder)
            throws Exception {
        try (MariaDbServer mariaDb = MariaDbServer.start(folder.resolve("mariadb"));
                Nodes nodes = Nodes.start(folder, 1, Map.of("TOLLGATE_MYSQL_URL", mariaDb.url()));
                ShapedUpstream upstream = new ShapedUpstream()) {
            World world = nodes.world(0);
            world.account("openai", upstream.uri().resolve("/v1"), Map.of());
            Caller caller = new Caller(nodes.get(0).uri(), world.key(world.user("ann", "1"), Map.of()));
            assertThat(caller.callAdmitted(Dialect.CHAT, REQUEST).statusCode()).isEqualTo(200);
            Eventually.holds("recorded", SOON, () -> world.records().size() == 1);

            nodes.get(0).kill();
            nodes.get(0).startAgain();
            mariaDb.kill();

            assertThat(caller.callAdmitted(Dialect.CHAT, REQUEST).statusCode()).isEqualTo(200);
            mariaDb.startAgain();
            nodes.audit(0);
        }
    }
}
