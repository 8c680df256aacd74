package dev.tollgate.persistence.sql.usage.query;

import dev.tollgate.application.usage.Latencies;
import dev.tollgate.application.usage.Slice;
import dev.tollgate.application.usage.Slice.Dimension;
import dev.tollgate.application.usage.Span;
import dev.tollgate.application.usage.Totals;
import dev.tollgate.application.usage.UsageQueries;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sums out of records, rollups and totals. */
@Singleton
final class SqlUsageQueries implements UsageQueries {
    /** How long the database may be silent: much may have to be summed up. */
    private static final Duration READING = Duration.ofSeconds(30);

    private final SqlTransactions transactions;

    SqlUsageQueries(SqlTransactions transactions) {
        this.transactions = transactions.patient(READING);
    }

    @Override
    public Map<Slice, Totals> sums(Span span, Set<Dimension> by, Slice only) {
        return transactions.read(sql -> {
            Map<Slice, Totals> sums = new HashMap<>();
            for (Segment segment : Segment.of(span, Step.DAY)) {
                for (Bucket part : read(sql, segment, "0", by, only)) {
                    sums.merge(part.slice(), part.totals(), Totals::plus);
                }
            }
            return sums;
        });
    }

    @Override
    public List<Bucket> series(Span span, Step step, Set<Dimension> by, Slice only) {
        return transactions.read(sql -> {
            Map<Place, Totals> sums = new HashMap<>();
            for (Segment segment : Segment.of(span, step)) {
                String time = segment.source().time();
                String start = time + " - MOD(" + time + ", " + step.millis() + ")";
                for (Bucket part : read(sql, segment, start, by, only)) {
                    sums.merge(new Place(part.start(), part.slice()), part.totals(), Totals::plus);
                }
            }
            return sums.entrySet().stream()
                    .map(sum -> new Bucket(sum.getKey().start(), sum.getKey().slice(), sum.getValue()))
                    .toList();
        });
    }

    @Override
    public Map<UserId, Totals> users(Collection<UserId> users) {
        return totals(
                "user_totals", "user_id", users.stream().map(UserId::value).toList(), UserId::new);
    }

    @Override
    public Map<ApiKeyId, Totals> keys(Collection<ApiKeyId> keys) {
        return totals(
                "key_totals", "api_key_id", keys.stream().map(ApiKeyId::value).toList(), ApiKeyId::new);
    }

    @Override
    public Map<AccountId, Totals> accounts() {
        String query = "SELECT account_id, " + Segment.Source.DAYS.sums()
                + " FROM account_totals WHERE account_id > 0 GROUP BY account_id";
        return transactions
                .read(sql ->
                        sql.list(query, row -> Map.entry(new AccountId(row.number("account_id")), TotalsRow.read(row))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Map<AccountId, Instant> firstUses() {
        return transactions
                .read(sql -> sql.list(
                        "SELECT account_id, MIN(request_id) AS first_id FROM usage_record WHERE account_id > 0"
                                + " GROUP BY account_id",
                        row -> Map.entry(
                                new AccountId(row.number("account_id")), RequestIds.instant(row.bytes("first_id")))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Map<AccountId, Cost> upstreamCosts() {
        return transactions
                .read(sql -> sql.list(
                        "SELECT account_id, SUM(upstream_cost_picos) AS picos FROM account_upstream GROUP BY account_id",
                        row -> Map.entry(new AccountId(row.number("account_id")), row.cost("picos"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Latencies latencies(Span span, Slice only) {
        return transactions.read(sql -> {
            Latencies all = Latencies.NONE;
            for (Segment segment : Segment.of(Segment.widened(span), Step.DAY)) {
                Where where = conditions(segment, only);
                String query = "SELECT " + LatencyColumns.SUMS + " FROM "
                        + segment.source().table() + where.clause();
                all = all.plus(
                        sql.first(query, LatencyColumns::read, where.values()).orElse(Latencies.NONE));
            }
            return all;
        });
    }

    private <I> Map<I, Totals> totals(String table, String column, Collection<Long> ids, LongFunction<I> id) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Where where = new Where().in(column, ids);
        String query = "SELECT * FROM " + table + where.clause();
        Map<I, Totals> found = new HashMap<>();
        transactions
                .read(sql -> sql.list(query, row -> Map.entry(row.number(column), TotalsRow.read(row)), where.values()))
                .forEach(total -> found.put(id.apply(total.getKey()), total.getValue()));
        return found;
    }

    private static List<Bucket> read(Sql sql, Segment segment, String start, Set<Dimension> by, Slice only)
            throws SQLException {
        Segment.Source source = segment.source();
        Where where = conditions(segment, only);
        String columns = by.stream().map(SqlUsageQueries::column).sorted().collect(Collectors.joining(", "));
        String cut = columns.isEmpty() ? start : start + ", " + columns;
        String select = columns.isEmpty() ? "" : columns + ", ";
        return sql.list(
                "SELECT " + start + " AS start_at, " + select + source.sums() + " FROM " + source.table()
                        + where.clause() + (start.equals("0") ? grouped(columns) : " GROUP BY " + cut)
                        + " HAVING COUNT(*) > 0",
                row -> new Bucket(row.instantOfMillis("start_at"), slice(row, by), TotalsRow.read(row)),
                where.values());
    }

    private static String grouped(String columns) {
        return columns.isEmpty() ? "" : " GROUP BY " + columns;
    }

    private static Where conditions(Segment segment, Slice only) {
        UserId user = only.user();
        ApiKeyId key = only.key();
        AccountId account = only.account();
        return segment.within(new Where())
                .and("user_id = ?", user == null ? null : user.value())
                .and("api_key_id = ?", key == null ? null : key.value())
                .and("account_id = ?", account == null ? null : account.value())
                .and("model = ?", only.model());
    }

    private static String column(Dimension dimension) {
        return switch (dimension) {
            case USER -> "user_id";
            case API_KEY -> "api_key_id";
            case ACCOUNT -> "account_id";
            case MODEL -> "model";
        };
    }

    private static Slice slice(Row row, Set<Dimension> by) throws SQLException {
        @Nullable Long user = by.contains(Dimension.USER) ? row.numberOrNull("user_id") : null;
        @Nullable Long key = by.contains(Dimension.API_KEY) ? row.numberOrNull("api_key_id") : null;
        @Nullable Long account = by.contains(Dimension.ACCOUNT) ? row.numberOrNull("account_id") : null;
        return new Slice(
                user == null ? null : new UserId(user),
                key == null ? null : new ApiKeyId(key),
                account == null ? null : new AccountId(account),
                by.contains(Dimension.MODEL) ? row.text("model") : null);
    }

    private record Place(Instant start, Slice slice) {}
}
