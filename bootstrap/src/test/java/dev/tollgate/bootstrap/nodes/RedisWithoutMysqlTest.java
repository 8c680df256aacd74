package dev.tollgate.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.bootstrap.gateway.Gateway;
import dev.tollgate.bootstrap.settings.StartRefused;
import dev.tollgate.persistence.server.RedisServers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis beside embedded databases, of which every data folder has its own. */
class RedisWithoutMysqlTest {
    @Test
    void is_the_first_folders_for_ever(@TempDir Path folder) {
        try (RedisServers redis = RedisServers.single()) {
            try (Gateway first = start(folder.resolve("first"), redis)) {
                assertThatThrownBy(() -> start(folder.resolve("second"), redis))
                        .isInstanceOf(StartRefused.class)
                        .hasMessageContaining("Redis keeps the data of deployment");
                assertThat(first.uri()).isNotNull();
            }
            assertThatThrownBy(() -> start(folder.resolve("second"), redis)).isInstanceOf(StartRefused.class);
            start(folder.resolve("first"), redis).close();
        }
    }

    private static Gateway start(Path data, RedisServers redis) {
        return Gateway.start(Map.of(
                "tollgate.data-dir",
                data.toString(),
                "tollgate.port",
                -1,
                "tollgate.management-port",
                -1,
                "tollgate.redis-uri",
                redis.uri()));
    }
}
