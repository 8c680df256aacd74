package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.AdmissionClock;
import dev.tollgate.application.relay.ClockReadiness;
import dev.tollgate.persistence.redis.RedisConnection;
import dev.tollgate.persistence.redis.RedisLiveStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after Redis every second, and sets the clock of admissions right by Redis'. */
@Singleton
@Requires(beans = RedisLiveStore.class)
class RedisUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");

    private final RedisLiveStore store;
    private final RedisConnection redis;
    private final AdmissionClock admissions;
    private final InstantSource clock;
    private boolean isClockTold;

    RedisUpkeep(
            RedisLiveStore store,
            RedisConnection redis,
            AdmissionClock admissions,
            InstantSource clock,
            MeterRegistry meters) {
        this.store = store;
        this.redis = redis;
        this.admissions = admissions;
        this.clock = clock;
        Gauge.builder(
                        "tollgate.clock.offset.seconds",
                        admissions,
                        told -> told.offset().toMillis() / 1000.0)
                .description("How far Redis' clock is ahead of this node's.")
                .register(meters);
    }

    @Scheduled(fixedDelay = "1s")
    @ExecuteOn(TaskExecutors.BLOCKING)
    void refresh() {
        try {
            store.refresh();
            Instant asked = clock.instant();
            Instant shared = redis.time();
            admissions.measured(asked, shared, clock.instant());
            tell();
        } catch (StoreUnavailable e) {
            LOG.debug("Redis is away: {}", e.getMessage()); // told by whoever watches the stores
        }
    }

    private void tell() {
        boolean isFar = admissions.offset().abs().compareTo(ClockReadiness.WARN_BEYOND) > 0;
        if (isFar && !isClockTold) {
            LOG.warn("this node's clock and Redis' are {} apart: set them by one source", admissions.offset());
        }
        if (!isFar && isClockTold) {
            LOG.info("this node's clock goes with Redis' again");
        }
        isClockTold = isFar;
    }
}
