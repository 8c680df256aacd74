package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.persistence.redis.RedisLiveStore;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after Redis every second. */
@Singleton
@Requires(beans = RedisLiveStore.class)
class RedisUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(RedisUpkeep.class);

    private final RedisLiveStore store;

    RedisUpkeep(RedisLiveStore store) {
        this.store = store;
    }

    @Scheduled(fixedDelay = "1s")
    @ExecuteOn(TaskExecutors.BLOCKING)
    void refresh() {
        try {
            store.refresh();
        } catch (StoreUnavailable e) {
            LOG.debug("Redis is away: {}", e.getMessage()); // told by whoever watches the stores
        }
    }
}
