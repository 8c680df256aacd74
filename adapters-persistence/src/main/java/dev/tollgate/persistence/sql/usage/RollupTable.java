package dev.tollgate.persistence.sql.usage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table that is a sum of the entries of records or of attempts: how a batch is added to it, and how it is compared
 * with what it should be.
 *
 * @param source the table whose rows are summed
 * @param keys what it is summed by, as columns and the expressions that fill them
 * @param isByShard whether its rows are kept apart by shard besides, so that shards do not wait for one another
 * @param isDated whether it keeps when its key was last used
 */
record RollupTable(
        String name, String source, List<Column> keys, List<Column> sums, boolean isByShard, boolean isDated) {
    private static final long QUARTER_MILLIS = 900_000;
    private static final long DAY_MILLIS = 86_400_000;

    /** Upper bounds of the latency columns, in milliseconds. */
    private static final int[] LATENCIES = {100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000};

    /** What totals add up of records. */
    static final List<Column> TOTALS = List.of(
            new Column("requests", "SUM(r.requests)"),
            new Column("errors", "SUM(r.errors)"),
            new Column("input_tokens", "SUM(r.input_tokens)"),
            new Column("output_tokens", "SUM(r.output_tokens)"),
            new Column("cache_read_tokens", "SUM(r.cache_read_tokens)"),
            new Column("cache_write_tokens", "SUM(r.cache_write_5m_tokens + r.cache_write_1h_tokens)"),
            new Column("cost_nanos", "SUM(r.total_cost_nanos)"));

    /** What accounts cost us. */
    static final RollupTable UPSTREAM = upstream();

    static final List<RollupTable> ALL = List.of(
            byTime("usage_quarter", QUARTER_MILLIS),
            byTime("usage_day", DAY_MILLIS),
            totals("user_totals", "user_id", false),
            totals("key_totals", "api_key_id", false),
            totals("account_totals", "account_id", true),
            UPSTREAM);

    /** The same tables as sums of one another, for comparing them without reading records. */
    static final List<RollupTable> OF_SUMS = List.of(
            ofSums(
                    "usage_day",
                    "usage_quarter",
                    byTime("usage_day", DAY_MILLIS).keys().stream()
                            .map(key -> key.name().equals("bucket_start")
                                    ? new Column("bucket_start", bucket("r.bucket_start", DAY_MILLIS))
                                    : key)
                            .toList()),
            ofSums("user_totals", "usage_day", List.of(Column.same("user_id"))),
            ofSums("key_totals", "usage_day", List.of(Column.same("api_key_id"))),
            ofSums("account_totals", "usage_day", List.of(Column.same("account_id"))));

    private static RollupTable ofSums(String name, String source, List<Column> keys) {
        return new RollupTable(name, source, keys, summed(TOTALS), false, false);
    }

    /** Columns of the same names, summed again. */
    static List<Column> summed(List<Column> columns) {
        return columns.stream()
                .map(column -> new Column(column.name(), "SUM(r." + column.name() + ")"))
                .toList();
    }

    private static RollupTable byTime(String name, long bucketMillis) {
        List<Column> keys = List.of(
                Column.same("user_id"),
                new Column("bucket_start", bucket("r.occurred_at", bucketMillis)),
                Column.same("account_id"),
                Column.same("api_key_id"),
                Column.text("model"));
        return new RollupTable(name, "usage_record", keys, withLatencies(), false, true);
    }

    private static RollupTable totals(String name, String key, boolean isByShard) {
        return new RollupTable(name, "usage_record", List.of(Column.same(key)), TOTALS, isByShard, true);
    }

    private static RollupTable upstream() {
        List<Column> keys =
                List.of(Column.same("account_id"), new Column("bucket_start", bucket("r.started_at", DAY_MILLIS)));
        List<Column> sums = List.of(
                new Column("attempts", "SUM(r.tries)"),
                new Column("failures", "SUM(r.failures)"),
                new Column("upstream_cost_picos", "SUM(r.upstream_cost_picos)"));
        return new RollupTable("account_upstream", "usage_attempt", keys, sums, true, false);
    }

    private static String bucket(String column, long millis) {
        return column + " - MOD(" + column + ", " + millis + ")";
    }

    private static List<Column> withLatencies() {
        List<Column> sums = new ArrayList<>(TOTALS);
        sums.add(new Column("base_cost_picos", "SUM(r.base_cost_picos)"));
        for (String of : List.of("latency", "first_token")) {
            sums.add(new Column(of + "_count", "COUNT(r." + of + "_ms)"));
            sums.add(new Column(of + "_sum_ms", "COALESCE(SUM(r." + of + "_ms), 0)"));
            int above = -1;
            for (int bound : LATENCIES) {
                sums.add(within(of, String.valueOf(bound), " > " + above + " AND r." + of + "_ms <= " + bound));
                above = bound;
            }
            sums.add(within(of, "more", " > " + above));
        }
        return List.copyOf(sums);
    }

    private static Column within(String of, String bound, String range) {
        return new Column(of + "_" + bound, "SUM(CASE WHEN r." + of + "_ms" + range + " THEN 1 ELSE 0 END)");
    }

    /** Adds the rows that carry a batch's id; takes that id and, if it is kept by shard, the shard. */
    String add() {
        Stream<Column> shard = isByShard ? Stream.of(new Column("shard", "s.shard")) : Stream.of();
        Stream<Column> dated = isDated ? Stream.of(new Column("last_used_at", "MAX(r.occurred_at)")) : Stream.of();
        List<Column> all = Stream.of(keys.stream(), shard, sums.stream(), dated)
                .flatMap(Function.identity())
                .toList();
        String groupBy = Column.joined(keys, Column::expression) + (isByShard ? ", s.shard" : "");
        return "INSERT INTO " + name + " (" + Column.joined(all, Column::name) + ") SELECT "
                + Column.joined(all, Column::expression) + " FROM " + source + " r"
                + (isByShard
                        ? " CROSS JOIN shard_state s WHERE r.batch_id = ? AND s.shard = ?"
                        : " WHERE r.batch_id = ?")
                + " GROUP BY " + groupBy + " ORDER BY " + groupBy + " ON DUPLICATE KEY UPDATE " + added();
    }

    /** Names the table each time: the one that is selected from has columns of the same names. */
    private String added() {
        String added = Column.joined(
                sums, sum -> sum.name() + " = " + name + "." + sum.name() + " + VALUES(" + sum.name() + ")");
        return isDated ? added + ", last_used_at = GREATEST(" + name + ".last_used_at, VALUES(last_used_at))" : added;
    }

    /** Its name, and what it is compared with where that is not the records. */
    String told() {
        return source.equals("usage_record") || source.equals("usage_attempt") ? name : name + " (by " + source + ")";
    }

    /** What its rows are kept apart by, the shard included: a batch's id ends in its shard. */
    List<Column> rowKeys() {
        return isByShard
                ? Stream.concat(keys.stream(), Stream.of(new Column("shard", ShardState.shardOf("r.batch_id"))))
                        .toList()
                : keys;
    }

    /** Every row for which a sum is not what it should be, with both figures of each sum. */
    String differences() {
        List<Column> all = rowKeys();
        String keyNames = Column.joined(all, Column::name);
        String dated = isDated ? ", MAX(last_used_at) AS last_used_at" : "";
        return "SELECT " + keyNames + ", "
                + Column.joined(
                        sums,
                        sum -> "SUM(" + sum.expected() + ") AS " + sum.expected() + ", SUM(" + sum.actual() + ") AS "
                                + sum.actual())
                + dated + " FROM (SELECT " + Column.joined(all, key -> key.expression() + " AS " + key.name()) + ", "
                + Column.joined(sums, sum -> sum.expression() + " AS " + sum.expected() + ", 0 AS " + sum.actual())
                + (isDated ? ", MAX(r.occurred_at) AS last_used_at" : "")
                + " FROM " + source + " r GROUP BY " + Column.joined(all, Column::expression) + " UNION ALL SELECT "
                + keyNames
                + ", " + Column.joined(sums, sum -> "0, " + sum.name()) + (isDated ? ", 0" : "") + " FROM " + name
                + ") d GROUP BY " + keyNames
                + " HAVING "
                + sums.stream()
                        .map(sum -> "SUM(" + sum.expected() + ") <> SUM(" + sum.actual() + ")")
                        .collect(Collectors.joining(" OR "));
    }

    /** Adds what a row lacks; takes the values of {@link SumGap#missing}. */
    String correct() {
        List<String> names = Stream.of(rowKeys(), sums)
                .flatMap(List::stream)
                .map(Column::name)
                .toList();
        List<String> all = isDated
                ? Stream.concat(names.stream(), Stream.of("last_used_at")).toList()
                : names;
        String places = String.join(", ", Collections.nCopies(all.size(), "?"));
        return Statements.insert(name, all, List.of()) + " VALUES (" + places + ") ON DUPLICATE KEY UPDATE " + added();
    }

    /** Removes a row in which nothing is left; takes the values of its key. */
    String removeEmpty() {
        return "DELETE FROM " + name + " WHERE "
                + rowKeys().stream().map(key -> key.name() + " = ?").collect(Collectors.joining(" AND ")) + " AND "
                + sums.stream().map(sum -> sum.name() + " = 0").collect(Collectors.joining(" AND "));
    }
}
