package dev.tollgate.application.usage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The live store's totals of accounts, users and keys: settling a call adds to them in its own atomic step, once.
 *
 * <p>A total is cold until it was set from SQL in this life of the store's data, and a cold one is neither told nor
 * added to. A store that cannot be asked in time is a
 * {@link dev.tollgate.application.identity.StoreUnavailable}.
 */
public interface LiveTotals {
    /** How long a day's totals are kept. */
    int DAYS_KEPT = 90;

    /** What is known of these, with those of the days that are known; one that is cold, or in part, is absent. */
    Map<Totalled, DatedTotals> totals(Collection<? extends Totalled> wanted, Set<LocalDate> days);

    /** Some that were counted for in a shard while they were cold, at most {@code max}. */
    Set<Totalled> cold(int shard, int max);

    /**
     * Sets those of a shard's totals that are cold to SQL's sums and the entries SQL does not have yet. Called while the
     * shard's row is locked, from within {@link RecordedTotals#seed}.
     *
     * @return false if entries of an earlier life of the data have to reach SQL first
     */
    boolean warm(int shard, RecordedTotals.Seed seed);

    /** Those of a shard that are not cold. */
    Set<Totalled> known(int shard);

    /** Some of a shard's totals, of these days, and its entries on their way to SQL, all of one moment. */
    TotalsSnapshot totals(int shard, Collection<Totalled> wanted, Set<LocalDate> days);

    /** Makes some of a shard's totals cold, because they are wrong. */
    void forget(int shard, Collection<Totalled> wrong);

    /** Adds up the shards' parts: an account's are in all of them, a user's and a key's in one. */
    static Map<Totalled, DatedTotals> joined(List<Map<Totalled, DatedTotals>> shards) {
        Map<Totalled, List<DatedTotals>> parts = new HashMap<>();
        shards.forEach(shard -> shard.forEach((whose, part) ->
                parts.computeIfAbsent(whose, absent -> new ArrayList<>()).add(part)));
        Map<Totalled, DatedTotals> joined = new HashMap<>();
        parts.forEach((whose, found) -> {
            if (!whose.isInAllShards() || found.size() == shards.size()) {
                joined.put(whose, found.stream().reduce(DatedTotals::joined).orElseThrow());
            }
        });
        return joined;
    }
}
