package dev.tollgate.bootstrap.usage;

import dev.tollgate.application.identity.DatabaseReadiness;
import dev.tollgate.application.identity.Readiness;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.Outage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks whether the stores answer, also while no call does, and tells once when one is away and once when it is back; so
 * it does of everything else that keeps the node from being ready.
 */
@Singleton
public final class StoreWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final LiveStore liveStore;
    private final Outage outage;
    private final DatabaseReadiness database;
    private final ObstacleLog obstacles;
    private final MeterRegistry meters;
    private final Loops loops = new Loops();
    private boolean isLiveStoreTold;
    private boolean isDatabaseTold;

    StoreWatch(
            LiveStore liveStore,
            Outage outage,
            DatabaseReadiness database,
            List<Readiness> conditions,
            MeterRegistry meters) {
        this.liveStore = liveStore;
        this.outage = outage;
        this.database = database;
        this.obstacles = new ObstacleLog(conditions, LOG::warn, LOG::info);
        this.meters = meters;
    }

    /** Starts to watch; the stores are ready. Logs and meters go on while a store hangs. */
    public void start() {
        Gauge.builder("tollgate.store.up", outage, away -> away.isAway() ? 0 : 1)
                .tag("store", "live_store")
                .description("Whether a store answers this node.")
                .register(meters);
        Gauge.builder("tollgate.store.up", database, state -> state.isUp() ? 1 : 0)
                .tag("store", "database")
                .description("Whether a store answers this node.")
                .register(meters);
        Gauge.builder(
                        "tollgate.degraded.taken.usd",
                        outage,
                        away -> away.state().taken().dollars().doubleValue())
                .description("What calls let in while the live store is away have cost, and may cost.")
                .register(meters);
        loops.start("live-store-watch", PAUSE, this::ask);
        loops.start("store-states", PAUSE, this::tell);
    }

    private void ask() {
        try {
            long unused = liveStore.backlog();
            outage.answered();
        } catch (StoreUnavailable away) {
            outage.missed();
        }
    }

    private void tell() {
        boolean isAway = outage.isAway();
        if (isAway != isLiveStoreTold) {
            if (isAway) {
                LOG.warn(
                        "the live store is away: lenient packages and postpaid users are served up to {} dollars,"
                                + " others refused",
                        outage.state().allowance().text());
            } else {
                LOG.info("the live store is back");
            }
            isLiveStoreTold = isAway;
        }
        boolean isDown = !database.isUp();
        if (isDown != isDatabaseTold) {
            if (isDown) {
                LOG.warn("the database is away: calls go on with what is in memory, usage waits in the live store");
            } else {
                LOG.info("the database is back");
            }
            isDatabaseTold = isDown;
        }
        obstacles.tell();
    }

    @Override
    @PreDestroy
    public void close() {
        loops.close();
    }
}
