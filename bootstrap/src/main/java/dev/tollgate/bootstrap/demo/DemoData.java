package dev.tollgate.bootstrap.demo;

import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.usage.LiveTotals;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.domain.relay.Settlement;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Adds the demonstration to an installation, once. The usage goes the way of all usage into SQL, so that every sum there is
 * right; the live store's totals, which it does not pass, are forgotten and set anew.
 */
@Singleton
public final class DemoData {
    private static final int BATCH_MAX = 500;

    private final DemoWorld world;
    private final DemoMonth month;
    private final UsageLedger ledger;
    private final LiveStore liveStore;
    private final LiveTotals totals;
    private final InstantSource clock;

    DemoData(
            DemoWorld world,
            DemoMonth month,
            UsageLedger ledger,
            LiveStore liveStore,
            LiveTotals totals,
            InstantSource clock) {
        this.world = world;
        this.month = month;
        this.ledger = ledger;
        this.liveStore = liveStore;
        this.totals = totals;
        this.clock = clock;
    }

    /** Adds it; empty, and nothing is done, if it was added before. */
    public Optional<Added> add() {
        return world.create().map(people -> {
            List<Settlement> calls = month.before(clock.instant(), people);
            record(calls);
            return new Added(people.keys(), people.codes(), calls.size());
        });
    }

    private void record(List<Settlement> calls) {
        int shards = liveStore.shards();
        Map<Integer, List<Settlement>> byShard = calls.stream()
                .collect(Collectors.groupingBy(call -> call.ticket().shard(shards)));
        byShard.forEach((shard, all) -> {
            for (int from = 0; from < all.size(); from += BATCH_MAX) {
                ledger.record(shard, all.subList(from, Math.min(all.size(), from + BATCH_MAX)), null);
            }
            totals.forget(shard, totals.known(shard));
        });
    }

    /**
     * What was added.
     *
     * @param keys the keys' texts by their names, in order, which cannot be told again
     * @param codes redeem codes' texts, likewise
     */
    public record Added(Map<String, String> keys, Map<String, String> codes, int calls) {}
}
