package dev.tollgate.bootstrap.whole;

import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.persistence.server.RedisServers;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

class LiveTotalsOnRedisTest extends LiveTotalsChecks {
    private static final RedisServers REDIS = RedisServers.single();

    /** What is registered first is closed last. */
    @RegisterExtension
    @Order(1)
    static final AfterAllCallback STOP = context -> REDIS.close();

    @RegisterExtension
    @Order(2)
    static final WholeServer SERVER = new WholeServer(Map.of("tollgate.redis-uri", REDIS.uri()));

    @Override
    WholeServer server() {
        return SERVER;
    }
}
