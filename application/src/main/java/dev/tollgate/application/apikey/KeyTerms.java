package dev.tollgate.application.apikey;

import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.apikey.BillingType;
import dev.tollgate.domain.apikey.KeyExpiry;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.apikey.KeyScope;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Multiplier;
import org.jspecify.annotations.Nullable;

/** What is decided about a key: everything but its id and its holder. */
public record KeyTerms(
        String name,
        boolean active,
        KeyExpiry expiry,
        KeyScope scope,
        KeyLimits limits,
        @Nullable Multiplier multiplier,
        BillingType billingType,
        @Nullable UserPackageId boundPackage) {

    /** A key that may do everything its user may. */
    public static KeyTerms unrestricted(String name) {
        return new KeyTerms(
                name, true, KeyExpiry.NEVER, KeyScope.ANYTHING, KeyLimits.NONE, null, BillingType.ANY, null);
    }

    public static KeyTerms of(ApiKey key) {
        return new KeyTerms(
                key.name(),
                key.active(),
                key.expiry(),
                key.scope(),
                key.limits(),
                key.multiplier(),
                key.billingType(),
                key.boundPackage());
    }

    /** A new key of these terms. */
    public ApiKey key(ApiKeyId id, UserId userId) {
        return key(id, userId, 0);
    }

    /** A key brought to these terms. */
    public ApiKey edited(ApiKey before) {
        long changes = before.limits().equals(limits) ? 0 : 1;
        return key(before.id(), before.userId(), before.limitsVersion() + changes);
    }

    private ApiKey key(ApiKeyId id, UserId userId, long limitsVersion) {
        return new ApiKey(
                id, userId, name, active, expiry, scope, limits, limitsVersion, multiplier, billingType, boundPackage);
    }
}
