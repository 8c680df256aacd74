package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.AdmissionClock;
import dev.tollgate.application.usage.Orphans;
import dev.tollgate.application.usage.RecoverUsage;
import dev.tollgate.application.usage.ReplayUsage;
import dev.tollgate.application.usage.ReplayUsageService;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.bootstrap.settings.StartRefused;
import dev.tollgate.persistence.redis.RedisConnection;
import dev.tollgate.persistence.redis.RedisLiveStore;
import dev.tollgate.persistence.redis.RedisNotices;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live store where nodes share one: {@code TOLLGATE_REDIS_URI} puts it in the embedded one's place. */
@Factory
@Requires(property = RedisWiring.URI, pattern = ".*\\S.*")
final class RedisWiring {
    static final String URI = "tollgate.redis-uri";
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");

    @Singleton
    @Bean(preDestroy = "close")
    @Requires(property = RedisWiring.URI, pattern = ".*\\S.*")
    RedisConnection redis(@Value("${" + URI + "}") String uri) {
        RedisConnection redis = open(uri.strip());
        if (redis.evicts()) {
            redis.close();
            throw new StartRefused("Redis evicts keys when its memory is full: set maxmemory-policy noeviction");
        }
        if (!redis.isDurable()) {
            LOG.warn("Redis keeps no append-only file: what it loses comes back from the nodes' journals only");
        }
        return redis;
    }

    @Singleton
    @Bean(preDestroy = "close")
    @Requires(property = RedisWiring.URI, pattern = ".*\\S.*")
    RedisNotices redisNotices(RedisConnection redis) {
        return new RedisNotices(redis);
    }

    private static RedisConnection open(String uri) {
        try {
            return RedisConnection.open(uri);
        } catch (StoreUnavailable e) {
            throw new StartRefused(String.valueOf(e.getMessage()), e);
        }
    }

    /** One service: what is settled again at the start need not be once more right after. */
    @Singleton
    @Bean(typed = {RecoverUsage.class, ReplayUsage.class})
    @Requires(property = RedisWiring.URI, pattern = ".*\\S.*")
    ReplayUsageService replayUsage(UsageJournal journal, UsageLedger ledger, RedisLiveStore store, Orphans orphans) {
        return new ReplayUsageService(journal, ledger, store, orphans);
    }

    /** The day an upstream cost belongs to is told by the clock that nodes share. */
    @Singleton
    @Requires(property = RedisWiring.URI, pattern = ".*\\S.*")
    RedisLiveStore redisLiveStore(
            RedisConnection redis,
            UsageLedger ledger,
            AdmissionClock clock,
            @Value("${tollgate.shards:16}") int shards,
            @Value("${tollgate.stream.max-length:200000}") int streamMax) {
        try {
            return new RedisLiveStore(redis, ledger, clock::instant, shards, Math.max(1, streamMax / shards));
        } catch (StoreUnavailable e) {
            throw new StartRefused("Redis cannot serve: " + e.getMessage(), e);
        }
    }
}
