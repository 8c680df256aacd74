package dev.tollgate.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.gateway.Gateway;
import dev.tollgate.bootstrap.server.AdminClient;
import dev.tollgate.persistence.server.MariaDb;
import dev.tollgate.persistence.server.RedisServers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that start at the same moment on stores that are empty. */
@Timeout(240)
class FirstAdminOnTwoNodesTest {
    private static final String SECRET_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private final String database = MariaDb.newSchema();
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    @Test
    void one_of_them_makes_the_admin_and_tells_the_password_both_take(@TempDir Path folder) {
        try (RedisServers redis = RedisServers.single()) {
            List<CompletableFuture<Gateway>> starting = Stream.of("left", "right")
                    .map(name -> CompletableFuture.supplyAsync(
                            () -> start(folder.resolve(name), redis),
                            run -> Thread.ofPlatform().start(run)))
                    .toList();
            try (Gateway left = starting.getFirst().join();
                    Gateway right = starting.getLast().join()) {
                assertThat(told).hasSize(1);
                for (Gateway node : List.of(left, right)) {
                    assertThat(AdminClient.login(node.uri(), "admin", told.element()))
                            .isNotNull();
                }
            }
        }
    }

    private Gateway start(Path data, RedisServers redis) {
        Map<String, Object> settings = Map.of(
                "tollgate.data-dir",
                data.toString(),
                "tollgate.port",
                -1,
                "tollgate.management-port",
                -1,
                "tollgate.secret-key",
                SECRET_KEY,
                "tollgate.mysql-url",
                database,
                "tollgate.mysql-username",
                MariaDb.USER,
                "tollgate.redis-uri",
                redis.uri());
        return Gateway.start(settings, prepared -> {}, told::add);
    }
}
