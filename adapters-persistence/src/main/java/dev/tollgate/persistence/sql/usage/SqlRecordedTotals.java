package dev.tollgate.persistence.sql.usage;

import dev.tollgate.application.usage.Counts;
import dev.tollgate.application.usage.DatedTotals;
import dev.tollgate.application.usage.DeadLetter;
import dev.tollgate.application.usage.RecordedTotals;
import dev.tollgate.application.usage.StreamId;
import dev.tollgate.application.usage.StreamPosition;
import dev.tollgate.application.usage.Totalled;
import dev.tollgate.application.usage.Totals;
import dev.tollgate.application.usage.TotalsSnapshot;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Totals out of the sums the drainer keeps, and of the dead letters, which are in no sum but were spent. */
@Singleton
final class SqlRecordedTotals implements RecordedTotals {
    private final SqlTransactions transactions;

    SqlRecordedTotals(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public <T> T seed(int shard, int shards, Collection<Totalled> wanted, LocalDate since, Function<Seed, T> use) {
        return transactions.write(sql -> {
            StreamPosition drained = ShardState.lock(sql, shard).drained();
            Map<Totalled, DatedTotals> sums = new HashMap<>();
            wanted.forEach(whose -> sums.put(whose, DatedTotals.NONE));
            for (TotalsTable table : TotalsTable.of(wanted)) {
                add(sums, table.totals(sql, shard), table.days(sql, shard, shards, since));
            }
            Seed recorded = new Seed(null, since, sums);
            return use.apply(new Seed(drained, since, recorded.completed("", deadLetters(sql, shard))));
        });
    }

    private static void add(Map<Totalled, DatedTotals> sums, Map<Totalled, Totals> totals, List<TotalsTable.Day> days) {
        Map<Totalled, Map<LocalDate, Totals>> byDay = new HashMap<>();
        days.forEach(day ->
                byDay.computeIfAbsent(day.whose(), absent -> new HashMap<>()).put(day.day(), day.totals()));
        totals.forEach((whose, total) -> sums.put(whose, new DatedTotals(total, byDay.getOrDefault(whose, Map.of()))));
    }

    private static List<TotalsSnapshot.Pending> deadLetters(Sql sql, int shard) throws SQLException {
        List<TotalsSnapshot.Pending> letters = new ArrayList<>();
        for (DeadLetter letter : DeadLetters.of(sql, shard)) {
            letters.add(new TotalsSnapshot.Pending(StreamId.START, Counts.of(letter.settlement()), letter.orphan()));
        }
        return letters;
    }
}
