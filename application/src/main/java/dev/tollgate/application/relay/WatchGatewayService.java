package dev.tollgate.application.relay;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.account.AccountTally;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.DatabaseReadiness;
import dev.tollgate.application.identity.LiveSettings;
import dev.tollgate.application.identity.Nodes;
import dev.tollgate.application.identity.Nodes.Node;
import dev.tollgate.application.identity.Setting;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.usage.FreshTotals;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.application.usage.UsageLedger;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks every store once; one that is away keeps the others from nothing. */
public final class WatchGatewayService implements WatchGateway {
    private final ThisNode node;
    private final Nodes nodes;
    private final Stores stores;
    private final LiveSettings settings;
    private final ZoneId zone;
    private final InstantSource clock;

    /** @param zone whose day today's totals are of */
    public WatchGatewayService(
            ThisNode node, Nodes nodes, Stores stores, LiveSettings settings, ZoneId zone, InstantSource clock) {
        this.node = node;
        this.nodes = nodes;
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
            FreshTotals totals,
            UsageLedger ledger) {}

    @Override
    public Observed observe() {
        Instant now = clock.instant();
        Node own = node.now();
        UsageJournal journal = stores.journal();
        return new Observed(
                now,
                own,
                othersThan(own),
                live(),
                stores.outage().state(),
                new Database(stores.database().isUp(), stores.changes().confirmedAt(), deadLetters()),
                new Journal(journal.isWritable(), journal.pending()),
                settings.isOn(Setting.SYNC_ENABLED),
                AccountTally.of(stores.pool().accounts(), now),
                today());
    }

    private List<Node> othersThan(Node own) {
        try {
            return nodes.all().stream()
                    .filter(told -> !told.id().equals(own.id()))
                    .toList();
        } catch (StoreUnavailable away) {
            return List.of();
        }
    }

    private @Nullable Long deadLetters() {
        try {
            return stores.ledger().deadLetters();
        } catch (StoreUnavailable away) {
            return null;
        }
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
