package dev.tollgate.persistence.sql.usage.query;

import dev.tollgate.application.usage.RecordFilter;
import dev.tollgate.application.usage.UsageRecord;
import dev.tollgate.application.usage.UsageRecords;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.pricing.Charge;
import dev.tollgate.domain.pricing.CostBreakdown;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.persistence.codec.UsageCodec;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records out of {@code usage_record}, one a call. */
@Singleton
final class SqlUsageRecords implements UsageRecords {
    /** How long the database may be silent: much may have to be summed up. */
    private static final Duration READING = Duration.ofSeconds(30);

    /** A call's last entry says how it ended. */
    private static final String LAST_ENTRY =
            "NOT EXISTS (SELECT 1 FROM usage_record m WHERE m.request_id = r.request_id AND m.entry > r.entry)";

    private final SqlTransactions transactions;

    SqlUsageRecords(SqlTransactions transactions) {
        this.transactions = transactions.patient(READING);
    }

    @Override
    public List<UsageRecord> list(RecordFilter filter, @Nullable RequestId before, int limit) {
        Where where = conditions(filter)
                .and("r.request_id < ?", RequestIds.bytes(before))
                .and(LAST_ENTRY);
        String query =
                "SELECT r.request_id FROM usage_record r" + where.clause() + " ORDER BY r.request_id DESC LIMIT ?";
        return transactions.read(sql -> {
            List<byte[]> ids = sql.list(query, row -> row.bytes("request_id"), where.values(limit));
            Map<RequestId, UsageRecord> records = read(sql, ids);
            return ids.stream()
                    .map(id -> Objects.requireNonNull(records.get(RequestIds.of(id))))
                    .toList();
        });
    }

    @Override
    public Optional<Detail> find(RequestId id) {
        byte[] bytes = Objects.requireNonNull(RequestIds.bytes(id));
        return transactions.read(sql -> {
            UsageRecord record = read(sql, List.of(bytes)).get(id);
            return record == null
                    ? Optional.empty()
                    : Optional.of(new Detail(record, charge(sql, bytes), AttemptRows.read(sql, bytes)));
        });
    }

    private static Where conditions(RecordFilter filter) {
        UserId user = filter.user();
        ApiKeyId key = filter.key();
        AccountId account = filter.account();
        return new Where()
                .and("r.request_id = ?", RequestIds.bytes(filter.request()))
                .and("r.user_id = ?", user == null ? null : user.value())
                .and("r.api_key_id = ?", key == null ? null : key.value())
                .and("r.request_id >= ?", bound(filter.from()))
                .and("r.request_id < ?", bound(filter.until()))
                .and("(r.model = ? OR r.requested_model = ?)", filter.model(), filter.model())
                .and("r.account_id = ?", account == null ? null : account.value())
                .and(
                        "r.status = ?",
                        filter.status() == null ? null : filter.status().name().toLowerCase(Locale.ROOT));
    }

    private static byte @Nullable [] bound(@Nullable Instant instant) {
        return instant == null ? null : RequestIds.from(instant.toEpochMilli());
    }

    private static Map<RequestId, UsageRecord> read(Sql sql, List<byte[]> ids) throws SQLException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<RequestId, RecordFold> folds = new HashMap<>();
        Map<RequestId, UsageRecord> records = new HashMap<>();
        Where where = new Where().in("request_id", ids);
        List<UsageRecord> steps = sql.list(
                "SELECT * FROM usage_record" + where.clause() + " ORDER BY request_id, entry",
                row -> folds.computeIfAbsent(RequestIds.of(row.bytes("request_id")), id -> new RecordFold())
                        .add(row),
                where.values());
        steps.forEach(step -> records.put(step.id(), step));
        return records;
    }

    private static Charge charge(Sql sql, byte[] id) throws SQLException {
        return sql.first(
                        "SELECT line_items_json, multiplier_trillionths FROM usage_record WHERE request_id = ?"
                                + " ORDER BY entry DESC",
                        SqlUsageRecords::charge,
                        id)
                .orElseThrow();
    }

    private static Charge charge(Row row) throws SQLException {
        return new Charge(
                new CostBreakdown(UsageCodec.lineItems(row.text("line_items_json"))),
                new Multiplier(row.number("multiplier_trillionths")));
    }
}
