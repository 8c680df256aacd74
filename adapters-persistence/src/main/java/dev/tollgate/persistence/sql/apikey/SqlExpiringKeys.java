package dev.tollgate.persistence.sql.apikey;

import dev.tollgate.application.alert.ExpiringKeys;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.apikey.KeyExpiry;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Keys that end soon, by two indexes: of the fixed ends, and of the first uses for each span that keys live. */
@Singleton
final class SqlExpiringKeys implements ExpiringKeys {
    private static final String SELECT = "SELECT k.id, k.user_id, u.username, k.name, k.last4, k.expires_at,"
            + " k.expires_after_days, k.first_used_at FROM api_key k JOIN app_user u ON u.id = k.user_id"
            + " WHERE k.active AND k.deleted_at IS NULL AND u.deleted_at IS NULL AND k.id > ?";
    private static final String LAST = " ORDER BY k.id LIMIT ?";

    private final SqlTransactions transactions;

    SqlExpiringKeys(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<ExpiringKey> between(Instant from, Instant to, long after, int limit) {
        return transactions.read(sql -> {
            Map<Long, ExpiringKey> found = new TreeMap<>();
            for (ExpiringKey key : candidates(sql, from, to, after, limit)) {
                boolean isWanted =
                        key.expiresAt().isAfter(from) && !key.expiresAt().isAfter(to);
                if (isWanted) {
                    found.put(key.id().value(), key);
                }
            }
            return found.values().stream()
                    .sorted(Comparator.comparingLong(key -> key.id().value()))
                    .limit(limit)
                    .toList();
        });
    }

    /** The first so many of each sort: the first so many of all are among them. */
    private static List<ExpiringKey> candidates(Sql sql, Instant from, Instant to, long after, int limit)
            throws SQLException {
        List<ExpiringKey> candidates = new ArrayList<>(sql.list(
                SELECT + " AND k.expires_at > ? AND k.expires_at <= ?" + LAST,
                SqlExpiringKeys::key,
                after,
                from,
                to,
                limit));
        List<Integer> spans = sql.list(
                "SELECT DISTINCT expires_after_days FROM api_key WHERE expires_after_days IS NOT NULL",
                row -> row.integer("expires_after_days"));
        for (int days : spans) {
            Duration span = Duration.ofDays(days);
            candidates.addAll(sql.list(
                    SELECT + " AND k.expires_after_days = ? AND k.first_used_at > ? AND k.first_used_at <= ?" + LAST,
                    SqlExpiringKeys::key,
                    after,
                    days,
                    from.minus(span),
                    to.minus(span),
                    limit));
        }
        return candidates;
    }

    private static ExpiringKey key(Row row) throws SQLException {
        return new ExpiringKey(
                new ApiKeyId(row.number("id")),
                new UserId(row.number("user_id")),
                row.text("username"),
                row.text("name"),
                row.text("last4"),
                end(row));
    }

    private static Instant end(Row row) throws SQLException {
        KeyExpiry expiry = new KeyExpiry(
                row.instantOrNull("expires_at"),
                row.integerOrNull("expires_after_days"),
                row.instantOrNull("first_used_at"));
        return Objects.requireNonNull(expiry.end(), "it was found by its end");
    }
}
