package dev.tollgate.application.usage;

import dev.tollgate.domain.relay.Settlement;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Totals of what an {@link InMemoryUsageLedger} has, added up anew each time. */
public final class InMemoryRecordedTotals implements RecordedTotals {
    private final InMemoryUsageLedger ledger;

    public InMemoryRecordedTotals(InMemoryUsageLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public <T> T seed(int shard, int shards, Collection<Totalled> wanted, LocalDate since, Function<Seed, T> use) {
        return ledger.seed(shard, List.of(), windows -> {
            Map<Totalled, DatedTotals> sums = new HashMap<>();
            wanted.forEach(whose -> sums.put(whose, DatedTotals.NONE));
            for (Settlement record : ledger.records()) {
                if (record.ticket().shard(shards) == shard) {
                    Counts counts = Counts.of(record);
                    counts.whose()
                            .forEach(whose -> sums.computeIfPresent(whose, (same, totals) -> totals.plus(counts)));
                }
            }
            sums.replaceAll((whose, totals) -> totals.since(since));
            return use.apply(new Seed(windows.drained(), since, sums));
        });
    }
}
