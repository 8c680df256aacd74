package dev.tollgate.persistence.sql.apikey;

import dev.tollgate.application.apikey.ApiKeys;
import dev.tollgate.application.apikey.KeyDigest;
import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.apikey.StoredKey;
import dev.tollgate.application.identity.Changes.Kind;
import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.persistence.sql.ListQuery;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** API keys in the table {@code api_key}. */
@Singleton
final class SqlApiKeys implements ApiKeys {
    private static final String SELECT =
            "SELECT " + KeyRow.COLUMNS + " FROM api_key k WHERE k.deleted_at IS NULL AND k.id = ?";
    private static final String HOLDER = "SELECT " + HeldKey.COLUMNS
            + " FROM api_key k JOIN app_user u ON u.id = k.user_id"
            + " WHERE k.digest = ? AND k.deleted_at IS NULL AND u.deleted_at IS NULL";
    private static final String INSERT = "INSERT INTO api_key (name, active, expires_at, expires_after_days,"
            + " first_used_at, allowed_models, blocked_models, allowed_platforms, allowed_ips, group_ids,"
            + " account_ids, rpm_limit, tpm_limit, max_concurrency, daily_request_limit, daily_cost_limit,"
            + " monthly_cost_limit, total_cost_limit, limits_version, multiplier, billing_type, user_package_id, updated_at, id,"
            + " user_id, digest, digest_key_id, key_prefix, last4, created_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE = "UPDATE api_key SET name = ?, active = ?, expires_at = ?,"
            + " expires_after_days = ?, first_used_at = ?, allowed_models = ?, blocked_models = ?,"
            + " allowed_platforms = ?, allowed_ips = ?, group_ids = ?, account_ids = ?, rpm_limit = ?,"
            + " tpm_limit = ?, max_concurrency = ?, daily_request_limit = ?, daily_cost_limit = ?,"
            + " monthly_cost_limit = ?, total_cost_limit = ?, limits_version = ?, multiplier = ?, billing_type = ?,"
            + " user_package_id = ?, updated_at = ? WHERE id = ?";
    private static final Map<String, String> SORTED_BY = Map.of(
            "id", "id",
            "name", "name",
            "status", "active",
            "user_id", "user_id",
            "expires_at", "expires_at",
            "created_at", "created_at",
            "updated_at", "updated_at");

    private final SqlTransactions transactions;

    SqlApiKeys(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<StoredKey> find(ApiKeyId id) {
        return transactions.read(sql -> sql.first(SELECT, KeyRow::readStored, id.value()));
    }

    @Override
    public Page<StoredKey> list(@Nullable UserId user, PageQuery query) {
        ListQuery keys = new ListQuery(KeyRow.COLUMNS, "api_key k").where("k.deleted_at IS NULL");
        ListQuery wanted = user == null ? keys : keys.where("k.user_id = ?", user.value());
        return transactions.read(sql -> wanted.search(query.search(), List.of("k.name", "k.key_prefix"))
                .page(sql, query, SORTED_BY, KeyRow::readStored));
    }

    @Override
    public void add(StoredKey key, KeyDigest digest) {
        transactions.run(sql -> {
            sql.update(
                    INSERT,
                    and(
                            KeyRow.values(key),
                            key.key().userId().value(),
                            digest.bytes(),
                            digest.pepperId(),
                            key.keyPrefix(),
                            key.last4(),
                            key.createdAt()));
            sql.changed(Kind.API_KEY, key.id().value());
        });
    }

    @Override
    public Optional<StoredKey> change(ApiKeyId id, UnaryOperator<StoredKey> change) {
        return transactions.write(sql -> {
            Optional<StoredKey> found = sql.first(SELECT + " FOR UPDATE", KeyRow::readStored, id.value());
            if (found.isEmpty()) {
                return found;
            }
            StoredKey changed = change.apply(found.get());
            sql.update(UPDATE, KeyRow.values(changed));
            sql.changed(Kind.API_KEY, id.value());
            return Optional.of(changed);
        });
    }

    @Override
    public Optional<StoredKey> rotate(ApiKeyId id, KeyDigest digest, String keyPrefix, String last4, Instant now) {
        return transactions.write(sql -> {
            sql.update(
                    "UPDATE api_key SET digest = ?, digest_key_id = ?, key_prefix = ?, last4 = ?, updated_at = ?"
                            + " WHERE id = ? AND deleted_at IS NULL",
                    digest.bytes(),
                    digest.pepperId(),
                    keyPrefix,
                    last4,
                    now,
                    id.value());
            sql.changed(Kind.API_KEY, id.value());
            return sql.first(SELECT, KeyRow::readStored, id.value());
        });
    }

    @Override
    public void seal(ApiKeyId id, KeyDigest digest) {
        transactions.run(sql -> {
            sql.update(
                    "UPDATE api_key SET digest = ?, digest_key_id = ? WHERE id = ?",
                    digest.bytes(),
                    digest.pepperId(),
                    id.value());
            sql.changed(Kind.API_KEY, id.value());
        });
    }

    @Override
    public boolean remove(ApiKeyId id, Instant now) {
        return transactions.write(sql -> {
            sql.changed(Kind.API_KEY, id.value());
            return sql.updated(
                            "UPDATE api_key SET deleted_at = ?, updated_at = ? WHERE id = ? AND deleted_at IS NULL",
                            now,
                            now,
                            id.value())
                    == 1;
        });
    }

    @Override
    public Optional<KeyHolder> holder(KeyDigest digest) {
        return transactions
                .read(sql -> sql.first(HOLDER, HeldKey::read, digest.bytes()))
                .filter(found -> found.digest().equals(digest))
                .map(HeldKey::holder);
    }

    @Override
    public void used(ApiKeyId id, Instant firstUsed) {
        transactions.run(sql -> {
            sql.update(
                    "UPDATE api_key SET first_used_at = ? WHERE id = ? AND first_used_at IS NULL",
                    firstUsed,
                    id.value());
            sql.changed(Kind.API_KEY, id.value());
        });
    }

    private static @Nullable Object[] and(@Nullable Object[] values, Object... more) {
        @Nullable Object[] all = Arrays.copyOf(values, values.length + more.length);
        System.arraycopy(more, 0, all, values.length, more.length);
        return all;
    }
}
