package dev.tollgate.persistence.sql.usage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The statements that add a batch's rows to every sum of them. */
final class Statements {
    static final long QUARTER_MILLIS = 900_000;
    static final long DAY_MILLIS = 86_400_000;

    /** Upper bounds of the latency columns, in milliseconds. */
    private static final int[] LATENCIES = {100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000};

    private static final List<Sum> TOTALS = List.of(
            new Sum("requests", "SUM(r.requests)"),
            new Sum("errors", "SUM(r.errors)"),
            new Sum("input_tokens", "SUM(r.input_tokens)"),
            new Sum("output_tokens", "SUM(r.output_tokens)"),
            new Sum("cache_read_tokens", "SUM(r.cache_read_tokens)"),
            new Sum("cache_write_tokens", "SUM(r.cache_write_5m_tokens + r.cache_write_1h_tokens)"),
            new Sum("cost_nanos", "SUM(r.total_cost_nanos)"));

    private static final List<Sum> ROLLED_UP = rolledUp();
    private static final String OF_BATCH = " FROM usage_record r WHERE r.batch_id = ?";
    private static final String IN_SHARD = " CROSS JOIN shard_state s WHERE r.batch_id = ? AND s.shard = ?";

    static final String QUARTER = rollup("usage_quarter", QUARTER_MILLIS);
    static final String DAY = rollup("usage_day", DAY_MILLIS);
    static final String USER = totals("user_totals", "user_id");
    static final String KEY = totals("key_totals", "api_key_id");
    static final String ACCOUNT = sums(
            "account_totals",
            List.of(new Sum("account_id", "r.account_id"), new Sum("shard", "s.shard")),
            "r.account_id, s.shard",
            TOTALS,
            true,
            " FROM usage_record r" + IN_SHARD);
    static final String UPSTREAM = sums(
            "account_upstream",
            List.of(
                    new Sum("account_id", "r.account_id"),
                    new Sum("bucket_start", bucket("r.started_at", DAY_MILLIS)),
                    new Sum("shard", "s.shard")),
            "r.account_id, " + bucket("r.started_at", DAY_MILLIS) + ", s.shard",
            List.of(
                    new Sum("attempts", "SUM(r.tries)"),
                    new Sum("failures", "SUM(r.failures)"),
                    new Sum("upstream_cost_picos", "SUM(r.upstream_cost_picos)")),
            false,
            " FROM usage_attempt r" + IN_SHARD);
    static final String WINDOW =
            "INSERT INTO window_usage (subject_kind, subject_id, window_kind, window_start, requests,"
                    + " cost_nanos) VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE requests = requests + VALUES(requests),"
                    + " cost_nanos = cost_nanos + VALUES(cost_nanos)";

    private Statements() {}

    static String insert(String table, List<String> facts, List<String> numbers) {
        List<String> columns = new ArrayList<>(facts);
        columns.addAll(numbers);
        return "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    }

    private static String rollup(String table, long bucketMillis) {
        String bucket = bucket("r.occurred_at", bucketMillis);
        return sums(
                table,
                List.of(
                        new Sum("user_id", "r.user_id"),
                        new Sum("bucket_start", bucket),
                        new Sum("account_id", "r.account_id"),
                        new Sum("api_key_id", "r.api_key_id"),
                        new Sum("model", "r.model")),
                "r.user_id, " + bucket + ", r.account_id, r.api_key_id, r.model",
                ROLLED_UP,
                true,
                OF_BATCH);
    }

    private static String totals(String table, String key) {
        return sums(table, List.of(new Sum(key, "r." + key)), "r." + key, TOTALS, true, OF_BATCH);
    }

    private static String bucket(String column, long millis) {
        return column + " - MOD(" + column + ", " + millis + ")";
    }

    private static List<Sum> rolledUp() {
        List<Sum> sums = new ArrayList<>(TOTALS);
        sums.add(new Sum("base_cost_picos", "SUM(r.base_cost_picos)"));
        sums.add(new Sum("latency_count", "COUNT(r.latency_ms)"));
        sums.add(new Sum("latency_sum_ms", "COALESCE(SUM(r.latency_ms), 0)"));
        sums.add(new Sum("first_token_count", "COUNT(r.first_token_ms)"));
        sums.add(new Sum("first_token_sum_ms", "COALESCE(SUM(r.first_token_ms), 0)"));
        addBuckets(sums, "latency");
        addBuckets(sums, "first_token");
        return List.copyOf(sums);
    }

    private static void addBuckets(List<Sum> sums, String of) {
        int above = -1;
        for (int bound : LATENCIES) {
            sums.add(new Sum(of + "_" + bound, within(of, " > " + above + " AND r." + of + "_ms <= " + bound)));
            above = bound;
        }
        sums.add(new Sum(of + "_more", within(of, " > " + above)));
    }

    private static String within(String of, String range) {
        return "SUM(CASE WHEN r." + of + "_ms" + range + " THEN 1 ELSE 0 END)";
    }

    /** Names the table in the update: the selected one has columns of the same names. */
    private static String sums(
            String table, List<Sum> keys, String groupBy, List<Sum> sums, boolean isDated, String from) {
        List<Sum> all = new ArrayList<>(keys);
        all.addAll(sums);
        String added = sums.stream()
                .map(sum -> sum.column() + " = " + table + "." + sum.column() + " + VALUES(" + sum.column() + ")")
                .collect(Collectors.joining(", "));
        if (isDated) {
            all.add(new Sum("last_used_at", "MAX(r.occurred_at)"));
            added += ", last_used_at = GREATEST(" + table + ".last_used_at, VALUES(last_used_at))";
        }
        return "INSERT INTO " + table + " (" + all.stream().map(Sum::column).collect(Collectors.joining(", "))
                + ") SELECT " + all.stream().map(Sum::expression).collect(Collectors.joining(", ")) + from
                + " GROUP BY " + groupBy + " ORDER BY " + groupBy + " ON DUPLICATE KEY UPDATE " + added;
    }

    /** A column and what it is filled with. */
    private record Sum(String column, String expression) {}
}
