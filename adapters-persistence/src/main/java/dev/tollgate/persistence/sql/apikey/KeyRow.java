package dev.tollgate.persistence.sql.apikey;

import dev.tollgate.application.apikey.StoredKey;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.apikey.BillingType;
import dev.tollgate.domain.apikey.Cidr;
import dev.tollgate.domain.apikey.KeyExpiry;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.apikey.KeyScope;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.pricing.ModelPatterns;
import dev.tollgate.persistence.sql.Row;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a key looks in the table {@code api_key}. */
final class KeyRow {
    /** What {@link #read} needs, where the table is called {@code k}. */
    static final String COLUMNS = "k.id AS key_id, k.user_id AS key_user, k.name AS key_name, k.active AS key_active,"
            + " k.expires_at, k.expires_after_days, k.first_used_at, k.allowed_models, k.blocked_models,"
            + " k.allowed_platforms, k.allowed_ips, k.group_ids AS key_groups, k.account_ids, k.rpm_limit AS key_rpm,"
            + " k.tpm_limit, k.max_concurrency AS key_max_concurrency, k.daily_request_limit,"
            + " k.daily_cost_limit AS key_daily_cost, k.monthly_cost_limit AS key_monthly_cost, k.total_cost_limit,"
            + " k.limits_version AS key_limits_version,"
            + " k.multiplier AS key_multiplier, k.billing_type, k.user_package_id, k.key_prefix, k.last4,"
            + " k.created_at AS key_created, k.updated_at AS key_updated";

    private KeyRow() {}

    static ApiKey read(Row row) throws SQLException {
        Long boundPackage = row.numberOrNull("user_package_id");
        return new ApiKey(
                new ApiKeyId(row.number("key_id")),
                new UserId(row.number("key_user")),
                row.text("key_name"),
                row.flag("key_active"),
                new KeyExpiry(
                        row.instantOrNull("expires_at"),
                        row.integerOrNull("expires_after_days"),
                        row.instantOrNull("first_used_at")),
                scope(row),
                limits(row),
                row.number("key_limits_version"),
                row.multiplierOrNull("key_multiplier"),
                row.constant("billing_type", BillingType.class),
                boundPackage == null ? null : new UserPackageId(boundPackage));
    }

    static StoredKey readStored(Row row) throws SQLException {
        return new StoredKey(
                read(row),
                row.text("key_prefix"),
                row.text("last4"),
                row.instant("key_created"),
                row.instant("key_updated"));
    }

    /** The values of the columns an edit may change, in the order of {@link SqlApiKeys}'s statements. */
    static @Nullable Object[] values(StoredKey stored) {
        ApiKey key = stored.key();
        KeyScope scope = key.scope();
        KeyLimits limits = key.limits();
        return new @Nullable Object[] {
            key.name(),
            key.active(),
            key.expiry().at(),
            key.expiry().daysFromFirstUse(),
            key.expiry().firstUsed(),
            sorted(scope.allowedModels().patterns()),
            sorted(scope.blockedModels().patterns()),
            sorted(scope.platforms()),
            scope.addresses().stream().map(Cidr::text).sorted().toList(),
            scope.groups().stream().map(GroupId::value).sorted().toList(),
            scope.accounts().stream().map(AccountId::value).sorted().toList(),
            limits.rpm(),
            limits.tpm(),
            limits.maxConcurrency(),
            limits.dailyRequests(),
            limits.dailyCost(),
            limits.monthlyCost(),
            limits.totalCost(),
            key.limitsVersion(),
            key.multiplier(),
            key.billingType(),
            key.boundPackage() == null ? null : key.boundPackage().value(),
            stored.updatedAt(),
            key.id().value()
        };
    }

    private static KeyScope scope(Row row) throws SQLException {
        return new KeyScope(
                patterns(row.texts("allowed_models")),
                patterns(row.texts("blocked_models")),
                new LinkedHashSet<>(row.texts("allowed_platforms")),
                set(row.texts("allowed_ips"), Cidr::new),
                set(row.numbers("key_groups"), GroupId::new),
                set(row.numbers("account_ids"), AccountId::new));
    }

    private static KeyLimits limits(Row row) throws SQLException {
        return new KeyLimits(
                row.number("key_rpm"),
                row.number("tpm_limit"),
                row.integer("key_max_concurrency"),
                row.number("daily_request_limit"),
                row.money("key_daily_cost"),
                row.money("key_monthly_cost"),
                row.money("total_cost_limit"));
    }

    private static ModelPatterns patterns(Collection<String> texts) {
        return new ModelPatterns(new LinkedHashSet<>(texts));
    }

    private static <T, R> Set<R> set(Collection<T> items, Function<T, R> make) {
        return items.stream().map(make).collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> sorted(Set<String> texts) {
        return texts.stream().sorted().toList();
    }
}
