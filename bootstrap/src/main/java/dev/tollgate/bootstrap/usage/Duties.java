package dev.tollgate.bootstrap.usage;

import dev.tollgate.application.identity.Duty;
import dev.tollgate.application.identity.LeasedDuty;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.bootstrap.settings.GatewaySettings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one node at a time does for all: a node without Redis is alone and does everything. */
@Singleton
public final class Duties implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.sync");

    private final RememberedLeases leases;
    private final InstantSource clock;
    private final boolean isAlone;
    private final List<LeasedDuty> leased = new ArrayList<>();
    private final Duty drain;
    private final Duty sweep;
    private final Duty upkeep;
    private final Duty alerts;
    private @Nullable Repeating tending;

    Duties(RememberedLeases leases, InstantSource clock, GatewaySettings settings) {
        this.leases = leases;
        this.clock = clock;
        this.isAlone = !settings.isRedis();
        this.drain = duty("drain");
        this.sweep = duty("sweep");
        this.upkeep = duty("upkeep");
        this.alerts = duty("alerts");
    }

    private Duty duty(String name) {
        if (isAlone) {
            return Duty.ALONE;
        }
        LeasedDuty duty = new LeasedDuty(name, leases, clock);
        leased.add(duty);
        return duty;
    }

    /** Moving settled usage of all shards into SQL; a late holder's batches add nothing there. */
    Duty drain() {
        return drain;
    }

    /** Settling the calls of dead nodes; the live store's marks let a late holder's settlements count nothing. */
    Duty sweep() {
        return sweep;
    }

    /** What may be done twice: budgets set right, accounts asked for again, old bindings forgotten. */
    public Duty upkeep() {
        return upkeep;
    }

    /** Watching for alerts, of which each is raised once whoever sees it, and delivering them, at least once each. */
    Duty alerts() {
        return alerts;
    }

    /** Takes what is free, now and every second. */
    void start() {
        if (!isAlone) {
            tend();
            tending = Repeating.start("duties", LeasedDuty.TEND_EVERY, this::tend);
        }
    }

    private void tend() {
        leased.forEach(LeasedDuty::tend);
    }

    /** Leaves everything to the other nodes. */
    @Override
    @PreDestroy
    public void close() {
        if (tending == null) {
            return;
        }
        tending.close();
        tending = null;
        try {
            leased.forEach(LeasedDuty::giveBack);
        } catch (StoreUnavailable e) {
            LOG.debug("this node's duties go on to another one when their leases end", e);
        }
    }
}
