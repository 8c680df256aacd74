package dev.tollgate.persistence.redis;

import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.LiveStoreContract;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.persistence.server.RedisServers;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisClusterLiveStoreTest extends LiveStoreContract {

    private static RedisServers servers;
    private static RedisConnection redis;

    @BeforeAll
    static void startServers() {
        servers = RedisServers.cluster();
        redis = RedisConnection.open(servers.uri());
    }

    @AfterAll
    static void stop() {
        redis.close();
        servers.close();
    }

    @Override
    protected LiveStore create(UsageLedger ledger, InstantSource clock, int shards, int streamMax) {
        Waiting.done(redis.ask(commands -> commands.flushall()), RedisLiveStoreTest.PATIENT.background());
        return new RedisLiveStore(redis, ledger, StoreClock.told(clock), RedisLiveStoreTest.PATIENT, shards, streamMax);
    }
}
