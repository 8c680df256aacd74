package dev.tollgate.persistence.sql.usage;

import dev.tollgate.persistence.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What records or attempts come to, by some key, kept in memory: all are summed once, later only the batches that were
 * recorded since. It holds as many rows as there are keys.
 */
final class GrowingSums {
    private static final int BATCHES_AT_ONCE = 500;

    /** Beyond so many new batches everything is summed anew. */
    private static final int BATCHES_MAX = 50_000;

    private final Grouped source;
    private final Map<List<Object>, long[]> known = new HashMap<>();
    private final Map<Integer, Long> batches = new HashMap<>();

    GrowingSums(Grouped source) {
        this.source = source;
    }

    /** The sums at the moment the transaction sees. */
    synchronized Map<List<Object>, long[]> at(Sql sql) throws SQLException {
        boolean isDone = false;
        try {
            Map<Integer, Long> present = ShardState.batches(sql);
            List<Long> added = added(present);
            if (batches.isEmpty() || added.size() > BATCHES_MAX) {
                known.clear();
                add(source.read(sql));
            } else {
                for (int from = 0; from < added.size(); from += BATCHES_AT_ONCE) {
                    List<Long> some = added.subList(from, Math.min(added.size(), from + BATCHES_AT_ONCE));
                    String places = String.join(", ", Collections.nCopies(some.size(), "?"));
                    add(source.read(sql, " WHERE r.batch_id IN (" + places + ")", some.toArray()));
                }
            }
            batches.putAll(present);
            isDone = true;
            return Map.copyOf(known);
        } finally {
            if (!isDone) { // some of it may be counted
                batches.clear();
            }
        }
    }

    /** The ids of the batches since. Where there are fewer than there were, the database is another one. */
    private List<Long> added(Map<Integer, Long> present) {
        boolean isAnother =
                batches.entrySet().stream().anyMatch(seen -> present.getOrDefault(seen.getKey(), 0L) < seen.getValue());
        if (isAnother) {
            batches.clear();
        }
        List<Long> added = new ArrayList<>();
        present.forEach((shard, last) -> {
            for (long number = batches.getOrDefault(shard, 0L) + 1;
                    number <= last && added.size() <= BATCHES_MAX;
                    number++) {
                added.add(ShardState.batchId(shard, number));
            }
        });
        return added;
    }

    private void add(Map<List<Object>, long[]> more) {
        more.forEach((key, sums) -> known.merge(key, sums, (known, added) -> {
            long[] both = new long[known.length];
            Arrays.setAll(both, i -> Math.addExact(known[i], added[i]));
            return both;
        }));
    }
}
