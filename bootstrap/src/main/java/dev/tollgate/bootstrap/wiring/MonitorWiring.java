package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.DatabaseReadiness;
import dev.tollgate.application.identity.LiveSettings;
import dev.tollgate.application.identity.Nodes;
import dev.tollgate.application.identity.Readiness;
import dev.tollgate.application.relay.AdmissionClock;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.Outage;
import dev.tollgate.application.relay.RunningCalls;
import dev.tollgate.application.relay.ThisNode;
import dev.tollgate.application.relay.WatchGateway;
import dev.tollgate.application.relay.WatchGatewayService;
import dev.tollgate.application.relay.WatchGatewayService.Stores;
import dev.tollgate.application.usage.FreshTotals;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.application.usage.UsageLedger;
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
            FreshTotals totals,
            UsageLedger ledger) {
        return new Stores(liveStore, outage, journal, changes, database, pool, totals, ledger);
    }

    @Singleton
    ThisNode thisNode(
            NodeFile file,
            List<Readiness> conditions,
            RunningCalls running,
            UsageJournal journal,
            AdmissionClock clock) {
        String version = MonitorWiring.class.getPackage().getImplementationVersion();
        ThisNode.Name name = new ThisNode.Name(
                file.id(),
                file.mark(),
                Objects.requireNonNullElse(version, "development"),
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
        return new ThisNode(name, conditions, running, journal, clock);
    }

    @Singleton
    WatchGateway watchGateway(
            ThisNode node,
            Nodes nodes,
            Stores stores,
            LiveSettings settings,
            InstantSource clock,
            @Value("${tollgate.time-zone:UTC}") String zone) {
        return new WatchGatewayService(node, nodes, stores, settings, ZoneId.of(zone), clock);
    }
}
