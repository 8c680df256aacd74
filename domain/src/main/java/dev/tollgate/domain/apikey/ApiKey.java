package dev.tollgate.domain.apikey;

import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Multiplier;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A caller's key as it is known here: never its text, only what it is allowed.
 *
 * @param limitsVersion rises with every change of the limits
 */
public record ApiKey(
        ApiKeyId id,
        UserId userId,
        String name,
        boolean active,
        KeyExpiry expiry,
        KeyScope scope,
        KeyLimits limits,
        long limitsVersion,
        @Nullable Multiplier multiplier,
        BillingType billingType,
        @Nullable UserPackageId boundPackage) {

    /** Whether the key opens anything at an instant; the answer says why not. */
    public KeyCheck check(Instant now) {
        if (!active) {
            return new KeyCheck.Disabled();
        }
        return expiry.isOver(now) ? new KeyCheck.Expired() : new KeyCheck.Valid();
    }
}
