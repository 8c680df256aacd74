package dev.tollgate.application.usage;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the records come to for accounts, users and keys, for setting the live store's totals right. */
public interface RecordedTotals {
    /**
     * Sums a shard's part of these and hands it on while the shard's row is locked, so that nothing moves into SQL
     * meanwhile. Throws {@link dev.tollgate.application.identity.StoreUnavailable} if SQL cannot be asked.
     *
     * @param shards how many there are
     * @param since the first UTC day to be summed apart
     */
    <T> T seed(int shard, int shards, Collection<Totalled> wanted, LocalDate since, Function<Seed, T> use);

    /**
     * What SQL has of a shard.
     *
     * @param drained how far the shard's stream is part of the sums; null if it never was
     * @param sums of everyone asked for; a day that is absent has no usage
     */
    record Seed(@Nullable StreamPosition drained, LocalDate since, Map<Totalled, DatedTotals> sums) {
        public Seed {
            sums = Map.copyOf(sums);
        }

        /** The sums with the entries that SQL does not have. */
        public Map<Totalled, DatedTotals> completed(String generation, List<TotalsSnapshot.Pending> entries) {
            Map<Totalled, DatedTotals> completed = new HashMap<>(sums);
            for (TotalsSnapshot.Pending entry : entries) {
                if (drained == null || !drained.covers(generation, entry.id())) {
                    add(completed, entry);
                }
            }
            completed.replaceAll((whose, totals) -> totals.since(since));
            return completed;
        }

        private static void add(Map<Totalled, DatedTotals> totals, TotalsSnapshot.Pending entry) {
            for (Totalled whose : entry.added().whose()) {
                totals.computeIfPresent(whose, (same, sums) -> sums.plus(entry.added()));
            }
            Counts takenBack = entry.takenBack();
            if (takenBack != null) {
                for (Totalled whose : takenBack.whose()) {
                    totals.computeIfPresent(whose, (same, sums) -> sums.minus(takenBack));
                }
            }
        }
    }
}
