package dev.tollgate.persistence.sql.usage;

import dev.tollgate.application.usage.RecordedUsage.Difference;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table of sums, as it should be and as it is.
 *
 * @param key the values of the table's keys
 * @param lastUsedAt when the key was last used, by the records; 0 if there are none
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record SumGap(RollupTable table, List<Object> key, long[] expected, long[] actual, long lastUsedAt) {
    /** The rows that are wrong. */
    static List<SumGap> all(Sql sql, RollupTable table) throws SQLException {
        return sql.list(table.differences(), row -> of(row, table));
    }

    private static SumGap of(Row row, RollupTable table) throws SQLException {
        long[] expected = new long[table.sums().size()];
        long[] actual = new long[expected.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = row.number(table.sums().get(i).expected());
            actual[i] = row.number(table.sums().get(i).actual());
        }
        long lastUsedAt = table.isDated() ? row.number("last_used_at") : 0;
        return new SumGap(table, Column.values(table.rowKeys(), row), expected, actual, lastUsedAt);
    }

    /** The sums that differ, each named by its table, key and column. */
    List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] != actual[i]) {
                String column = table.sums().get(i).name();
                String what = table.told() + " " + Column.named(table.rowKeys(), key) + " " + column;
                differences.add(new Difference(what, expected[i], actual[i]));
            }
        }
        return differences;
    }

    /** What the table's row lacks, as values of {@link RollupTable#correct}; what is added meanwhile adds to both sides. */
    @Nullable
    Object[] missing() {
        List<@Nullable Object> values = new ArrayList<>(key);
        for (int i = 0; i < expected.length; i++) {
            values.add(Math.subtractExact(expected[i], actual[i]));
        }
        if (table.isDated()) {
            values.add(lastUsedAt);
        }
        return values.toArray();
    }
}
