package dev.tollgate.persistence.redis;

import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.LiveStoreContract;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.persistence.server.RedisServers;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisLiveStoreTest extends LiveStoreContract {
    static final Deadlines PATIENT = new Deadlines(
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ZERO,
            Duration.ZERO);

    private static RedisServers servers;
    private static RedisConnection redis;

    @BeforeAll
    static void startServers() {
        servers = RedisServers.single();
        redis = RedisConnection.open(servers.uri());
    }

    @AfterAll
    static void stop() {
        redis.close();
        servers.close();
    }

    @Override
    protected LiveStore create(UsageLedger ledger, InstantSource clock, int shards, int streamMax) {
        Waiting.done(redis.ask(commands -> commands.flushall()), PATIENT.background());
        return new RedisLiveStore(redis, ledger, StoreClock.told(clock), PATIENT, shards, streamMax);
    }
}
