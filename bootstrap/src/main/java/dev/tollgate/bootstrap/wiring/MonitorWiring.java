package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.DatabaseReadiness;
import dev.tollgate.application.identity.LiveSettings;
import dev.tollgate.application.identity.Readiness;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.Outage;
import dev.tollgate.application.relay.WatchGateway;
import dev.tollgate.application.relay.WatchGatewayService;
import dev.tollgate.application.relay.WatchGatewayService.Stores;
import dev.tollgate.application.usage.FreshTotals;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.bootstrap.settings.GatewaySetting;
import dev.tollgate.bootstrap.settings.GatewaySettings;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/** What operators watch. */
@Factory
final class MonitorWiring {
    @Singleton
    Stores stores(
            LiveStore liveStore,
            Outage outage,
            UsageJournal journal,
            Changes changes,
            DatabaseReadiness database,
            AccountPool pool,
            FreshTotals totals) {
        return new Stores(liveStore, outage, journal, changes, database, pool, totals);
    }

    @Singleton
    WatchGateway watchGateway(
            List<Readiness> conditions,
            Stores stores,
            LiveSettings settings,
            InstantSource clock,
            GatewaySettings properties,
            @Value("${tollgate.time-zone:UTC}") String zone) {
        String version = MonitorWiring.class.getPackage().getImplementationVersion();
        WatchGateway.ThisNode node = new WatchGateway.ThisNode(
                Objects.requireNonNullElse(properties.find(GatewaySetting.NODE_ID), "local"),
                Objects.requireNonNullElse(version, "development"),
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
        return new WatchGatewayService(node, conditions, stores, settings, ZoneId.of(zone), clock);
    }
}
