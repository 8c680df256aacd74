package dev.tollgate.persistence.redis;

import dev.tollgate.application.usage.LiveTotalsContract;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.persistence.server.RedisServers;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisClusterLiveTotalsTest extends LiveTotalsContract {
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
    protected Stores create(UsageLedger ledger, InstantSource clock, int shards) {
        Waiting.done(redis.ask(commands -> commands.flushall()), RedisLiveStoreTest.PATIENT.background());
        RedisLiveStore store =
                new RedisLiveStore(redis, ledger, StoreClock.told(clock), RedisLiveStoreTest.PATIENT, shards, 1_000);
        return new Stores(store, store);
    }
}
