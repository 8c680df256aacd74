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

/** Looks after Redis every second, and says once when it is away and once when it is back. */
@Singleton
@Requires(beans = RedisLiveStore.class)
class RedisUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(RedisUpkeep.class);

    private final RedisLiveStore store;
    private volatile boolean away;

    RedisUpkeep(RedisLiveStore store) {
        this.store = store;
    }

    @Scheduled(fixedDelay = "1s")
    @ExecuteOn(TaskExecutors.BLOCKING)
    void refresh() {
        try {
            store.refresh();
            if (away) {
                LOG.info("Redis is back");
            }
            away = false;
        } catch (StoreUnavailable e) {
            if (!away) {
                LOG.warn("Redis is away: {}", e.getMessage());
            }
            away = true;
        }
    }
}
