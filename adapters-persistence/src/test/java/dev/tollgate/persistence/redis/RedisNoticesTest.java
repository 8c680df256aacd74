package dev.tollgate.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.persistence.server.RedisServers;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RedisNoticesTest {
    private static final long PATIENCE_SECONDS = 20;

    @Test
    void reach_others_on_the_same_redis() throws InterruptedException {
        try (RedisServers servers = RedisServers.single()) {
            reach(servers);
        }
    }

    @Test
    void reach_others_on_the_same_cluster() throws InterruptedException {
        try (RedisServers servers = RedisServers.cluster()) {
            reach(servers);
        }
    }

    private static void reach(RedisServers servers) throws InterruptedException {
        Semaphore heard = new Semaphore(0);
        try (RedisConnection near = RedisConnection.open(servers.uri());
                RedisConnection far = RedisConnection.open(servers.uri());
                RedisNotices teller = new RedisNotices(near);
                RedisNotices listener = new RedisNotices(far)) {
            listener.listen(heard::release);
            assertIsHeard(heard); // that it listens
            for (int notice = 0; notice < 10; notice++) {
                teller.tell();
                assertIsHeard(heard);
            }
            assertThat(heard.availablePermits()).isZero();
        }
    }

    @Test
    void a_listener_whose_connection_broke_looks_at_once_when_it_listens_again() throws InterruptedException {
        Semaphore heard = new Semaphore(0);
        try (RedisServers servers = RedisServers.single();
                RedisConnection redis = RedisConnection.open(servers.uri());
                RedisNotices notices = new RedisNotices(redis)) {
            notices.listen(heard::release);
            assertIsHeard(heard);
            servers.stopAll();
            servers.startAgain();
            assertIsHeard(heard);
        }
    }

    private static void assertIsHeard(Semaphore heard) throws InterruptedException {
        assertThat(heard.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
