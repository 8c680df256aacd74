package dev.tollgate.persistence.sql.usage;

import dev.tollgate.application.usage.RecordedUsage.Difference;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table's rows, added up by some key.
 *
 * @param source the table; expressions name it {@code r}
 */
record Grouped(String source, List<Column> keys, List<Column> sums) {
    Map<List<Object>, long[]> read(Sql sql) throws SQLException {
        return read(sql, "");
    }

    Map<List<Object>, long[]> read(Sql sql, String where, Object... values) throws SQLException {
        String query = "SELECT " + Column.selected(keys) + ", " + Column.selected(sums) + " FROM " + source + " r"
                + where + " GROUP BY " + Column.expressions(keys);
        Map<List<Object>, long[]> rows = new HashMap<>();
        for (Map.Entry<List<Object>, long[]> row : sql.list(query, this::entry, values)) {
            rows.put(row.getKey(), row.getValue());
        }
        return rows;
    }

    private Map.Entry<List<Object>, long[]> entry(Row row) throws SQLException {
        return Map.entry(Column.values(keys, row), Column.numbers(sums, row));
    }

    /** Where these rows are not what they should be; a row that is absent is one of zeros. */
    List<Difference> differences(Map<List<Object>, long[]> expected, Map<List<Object>, long[]> actual) {
        long[] none = new long[sums.size()];
        List<Difference> differences = new ArrayList<>();
        Set<List<Object>> all = new HashSet<>(expected.keySet());
        all.addAll(actual.keySet());
        for (List<Object> key : all) {
            long[] wanted = expected.getOrDefault(key, none);
            long[] there = actual.getOrDefault(key, none);
            for (int i = 0; i < sums.size() && !Arrays.equals(wanted, there); i++) {
                if (wanted[i] != there[i]) {
                    String what = source + " " + Column.named(keys, key) + " "
                            + sums.get(i).name();
                    differences.add(new Difference(what, wanted[i], there[i]));
                }
            }
        }
        return differences;
    }
}
