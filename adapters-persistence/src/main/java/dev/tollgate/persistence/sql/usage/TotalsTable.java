package dev.tollgate.persistence.sql.usage;

import dev.tollgate.application.usage.Totalled;
import dev.tollgate.application.usage.Totals;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.usage.query.TotalsRow;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where the totals of one kind are, and which of them are wanted.
 *
 * @param column what both the table of totals and the one of days name them by; null for all rows together
 * @param isByShard whether a shard has only a part of each
 */
record TotalsTable(
        String name,
        @Nullable String column,
        boolean isByShard,
        LongFunction<? extends Totalled> whose,
        List<Long> ids) {
    private static final String SUMS = "SUM(requests) AS requests, SUM(errors) AS errors,"
            + " SUM(input_tokens) AS input_tokens, SUM(output_tokens) AS output_tokens,"
            + " SUM(cache_read_tokens) AS cache_read_tokens, SUM(cache_write_tokens) AS cache_write_tokens,"
            + " SUM(cost_nanos) AS cost_nanos, MAX(last_used_at) AS last_used_at";

    /** Those that something is wanted of. */
    static List<TotalsTable> of(Collection<Totalled> wanted) {
        List<Long> accounts = new ArrayList<>();
        List<Long> users = new ArrayList<>();
        List<Long> keys = new ArrayList<>();
        List<Long> all = new ArrayList<>();
        for (Totalled one : wanted) {
            switch (one) {
                case Totalled.OfAccount(AccountId account) -> accounts.add(account.value());
                case Totalled.OfUser(UserId user) -> users.add(user.value());
                case Totalled.OfKey(ApiKeyId key) -> keys.add(key.value());
                case Totalled.Everyone everyone -> all.add(0L);
            }
        }
        List<TotalsTable> tables = new ArrayList<>(List.of(
                new TotalsTable(
                        "account_totals",
                        "account_id",
                        true,
                        id -> new Totalled.OfAccount(new AccountId(id)),
                        accounts),
                new TotalsTable("user_totals", "user_id", false, id -> new Totalled.OfUser(new UserId(id)), users),
                new TotalsTable("key_totals", "api_key_id", false, id -> new Totalled.OfKey(new ApiKeyId(id)), keys),
                new TotalsTable("account_totals", null, true, id -> new Totalled.Everyone(), all)));
        tables.removeIf(table -> table.ids().isEmpty());
        return tables;
    }

    Map<Totalled, Totals> totals(Sql sql, int shard) throws SQLException {
        List<Object> values = new ArrayList<>(column == null ? List.of() : ids);
        if (isByShard) {
            values.add(shard);
        }
        Map<Totalled, Totals> totals = new HashMap<>();
        sql.list(
                        "SELECT " + id() + SUMS + " FROM " + name + where() + (isByShard ? " AND shard = ?" : "")
                                + (column == null ? "" : " GROUP BY " + column) + " HAVING COUNT(*) > 0",
                        row -> Map.entry(whose.apply(row.number("id")), TotalsRow.read(row)),
                        values.toArray())
                .forEach(total -> totals.put(total.getKey(), total.getValue()));
        return totals;
    }

    /** The days from one on; the days' table knows no shards, but users, who have one. */
    List<Day> days(Sql sql, int shard, int shards, LocalDate since) throws SQLException {
        List<Object> values = new ArrayList<>(column == null ? List.of() : ids);
        values.add(since.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
        if (isByShard) {
            values.addAll(List.of(shards, shard));
        }
        return sql.list(
                "SELECT " + id() + "bucket_start, " + SUMS + " FROM usage_day" + where() + " AND bucket_start >= ?"
                        + (isByShard ? " AND MOD(user_id, ?) = ?" : "") + " GROUP BY "
                        + (column == null ? "" : column + ", ") + "bucket_start",
                row -> new Day(
                        whose.apply(row.number("id")),
                        LocalDate.ofInstant(row.instantOfMillis("bucket_start"), ZoneOffset.UTC),
                        TotalsRow.read(row)),
                values.toArray());
    }

    private String id() {
        return (column == null ? "0" : column) + " AS id, ";
    }

    private String where() {
        return column == null
                ? " WHERE 1 = 1"
                : " WHERE " + column + " IN (" + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")";
    }

    /** One's totals of a UTC day. */
    record Day(Totalled whose, LocalDate day, Totals totals) {}
}
