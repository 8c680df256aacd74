package dev.tollgate.application.relay;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.account.AccountTally;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.DatabaseReadiness;
import dev.tollgate.application.identity.LiveSettings;
import dev.tollgate.application.identity.Readiness;
import dev.tollgate.application.identity.Setting;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.usage.FreshTotals;
import dev.tollgate.application.usage.UsageJournal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks every store once; one that is away keeps the others from nothing. */
public final class WatchGatewayService implements WatchGateway {
    private final ThisNode node;
    private final List<Readiness> conditions;
    private final Stores stores;
    private final LiveSettings settings;
    private final ZoneId zone;
    private final InstantSource clock;

    /** @param zone whose day today's totals are of */
    public WatchGatewayService(
            ThisNode node,
            List<Readiness> conditions,
            Stores stores,
            LiveSettings settings,
            ZoneId zone,
            InstantSource clock) {
        this.node = node;
        this.conditions = List.copyOf(conditions);
        this.stores = stores;
        this.settings = settings;
        this.zone = zone;
        this.clock = clock;
    }

    /** Whatever is watched. */
    public record Stores(
            LiveStore liveStore,
            Outage outage,
            UsageJournal journal,
            Changes changes,
            DatabaseReadiness database,
            AccountPool pool,
            FreshTotals totals) {}

    @Override
    public Observed observe() {
        Instant now = clock.instant();
        List<String> obstacles = conditions.stream()
                .filter(condition -> condition.obstacle().isPresent())
                .map(Readiness::name)
                .sorted()
                .toList();
        UsageJournal journal = stores.journal();
        return new Observed(
                now,
                node,
                obstacles,
                live(),
                stores.outage().state(),
                new Database(stores.database().isUp(), stores.changes().confirmedAt()),
                new Journal(journal.isWritable(), journal.pending()),
                settings.isOn(Setting.SYNC_ENABLED),
                AccountTally.of(stores.pool().accounts(), now),
                today());
    }

    private @Nullable Live live() {
        LiveStore store = stores.liveStore();
        try {
            long inFlight = store.inFlight().values().stream()
                    .mapToLong(Integer::longValue)
                    .sum();
            return new Live(store.generation(), store.shards(), store.openHolds(), inFlight, store.backlog());
        } catch (StoreUnavailable away) {
            return null;
        }
    }

    private FreshTotals.@Nullable Today today() {
        try {
            return stores.totals().today(zone);
        } catch (StoreUnavailable away) {
            return null;
        }
    }
}
