package dev.tollgate.application.usage;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A shard's totals at one moment, for the audit: under the shard row's lock they are what
 * {@link RecordedTotals.Seed#completed} makes of SQL's sums and the pending entries.
 *
 * @param totals the shard's part of those asked for that are not cold
 */
public record TotalsSnapshot(String generation, Map<Totalled, DatedTotals> totals, List<Pending> pending) {
    public TotalsSnapshot {
        totals = Map.copyOf(totals);
        pending = List.copyOf(pending);
    }

    /**
     * What an entry on its way to SQL added.
     *
     * @param takenBack what an orphan of the same call had added before; null if there was none
     */
    public record Pending(
            StreamId id, Counts added, @Nullable Counts takenBack) {}
}
