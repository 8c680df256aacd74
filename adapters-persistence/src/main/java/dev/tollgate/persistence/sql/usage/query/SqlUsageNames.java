package dev.tollgate.persistence.sql.usage.query;

import dev.tollgate.application.usage.UsageNames;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Names of users and keys out of their tables. */
@Singleton
final class SqlUsageNames implements UsageNames {
    private final SqlTransactions transactions;

    SqlUsageNames(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Map<UserId, String> users(Collection<UserId> users) {
        if (users.isEmpty()) {
            return Map.of();
        }
        Where where = new Where().in("id", users.stream().map(UserId::value).toList());
        return transactions
                .read(sql -> sql.list(
                        "SELECT id, username FROM app_user" + where.clause(),
                        row -> Map.entry(new UserId(row.number("id")), row.text("username")),
                        where.values()))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Map<ApiKeyId, KeyName> keys(Collection<ApiKeyId> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Where where = new Where().in("k.id", keys.stream().map(ApiKeyId::value).toList());
        String query = "SELECT k.id, k.name, k.user_id, u.username FROM api_key k JOIN app_user u ON u.id = k.user_id"
                + where.clause();
        return transactions
                .read(sql -> sql.list(
                        query,
                        row -> Map.entry(
                                new ApiKeyId(row.number("id")),
                                new KeyName(row.text("name"), new UserId(row.number("user_id")), row.text("username"))),
                        where.values()))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
