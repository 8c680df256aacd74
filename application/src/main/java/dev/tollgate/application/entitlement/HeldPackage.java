package dev.tollgate.application.entitlement;

import dev.tollgate.domain.entitlement.PackageOffer;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user's package with what it was on offer as when it was assigned.
 *
 * @param termDays how many days a renewal adds; null for one that was sold without an end
 */
public record HeldPackage(
        UserPackage held, String name, @Nullable Integer termDays) {

    /** What an offer gives a user from an instant on. */
    static HeldPackage assigned(long id, UserId user, PackageOffer offer, Instant start) {
        UserPackage held = new UserPackage(
                new UserPackageId(id),
                user,
                offer.id(),
                offer.terms().from(start),
                start,
                offer.terms().expiry(start),
                true,
                0,
                1,
                Map.of());
        return new HeldPackage(held, offer.name(), offer.terms().durationDays());
    }

    /** The same under the same name, edited or with what is spent. */
    public HeldPackage with(UserPackage changed) {
        return new HeldPackage(changed, name, termDays);
    }
}
