package dev.tollgate.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.persistence.server.RedisServers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RedisTimeTest {
    @Test
    void is_this_machine_s_where_both_run_on_it() {
        try (RedisServers servers = RedisServers.single();
                RedisConnection redis = RedisConnection.open(servers.uri())) {
            Instant before = Instant.now();
            Instant told = redis.time();
            assertThat(told).isBetween(before.minus(Duration.ofMillis(1)), Instant.now());
        }
    }
}
