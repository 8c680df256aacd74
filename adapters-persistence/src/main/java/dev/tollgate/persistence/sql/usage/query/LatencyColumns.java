package dev.tollgate.persistence.sql.usage.query;

import dev.tollgate.application.usage.Latencies;
import dev.tollgate.persistence.sql.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns of a rollup that count how long calls took. */
final class LatencyColumns {
    private static final String WHOLE = "latency_";
    private static final String FIRST_TOKEN = "first_token_";

    /** Their sums, each under its own name; 0 where there is no row. */
    static final String SUMS = Stream.concat(names(WHOLE).stream(), names(FIRST_TOKEN).stream())
            .map(name -> "COALESCE(SUM(" + name + "), 0) AS " + name)
            .collect(Collectors.joining(", "));

    private LatencyColumns() {}

    static Latencies read(Row row) throws SQLException {
        return new Latencies(counts(row, WHOLE), counts(row, FIRST_TOKEN));
    }

    private static List<Long> counts(Row row, String prefix) throws SQLException {
        List<Long> counts = new ArrayList<>();
        for (String name : names(prefix)) {
            counts.add(row.number(name));
        }
        return counts;
    }

    private static List<String> names(String prefix) {
        return Stream.concat(Latencies.BOUNDS_MILLIS.stream().map(bound -> prefix + bound), Stream.of(prefix + "more"))
                .toList();
    }
}
