package dev.tollgate.application.entitlement;

import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A code that gives whoever redeems it first credit or a package, as it is stored: without its text.
 *
 * @param prefix the first characters of its text
 * @param last4 the last ones
 * @param use null until it is redeemed
 */
public record RedeemCode(
        long id,
        Origin origin,
        String prefix,
        String last4,
        Gift gift,
        Terms terms,
        @Nullable Use use) {

    /** Its status at an instant. */
    public Status at(Instant now) {
        if (use != null) {
            return Status.USED;
        }
        if (!terms.enabled()) {
            return Status.DISABLED;
        }
        boolean isOver = terms.expiresAt() != null && !now.isBefore(terms.expiresAt());
        return isOver ? Status.EXPIRED : Status.UNUSED;
    }

    RedeemCode with(Terms changed) {
        return new RedeemCode(id, origin, prefix, last4, gift, changed, use);
    }

    RedeemCode usedBy(Use by) {
        return new RedeemCode(id, origin, prefix, last4, gift, terms, by);
    }

    /** What its grant is called in the ledgers, once for all. */
    String reference() {
        return REFERENCE_PREFIX + id;
    }

    /** References that begin so are those of codes. */
    public static final String REFERENCE_PREFIX = "redeem-code:";

    /** Where a code comes from. */
    public record Origin(long batch, @Nullable UserId creator, Instant createdAt) {}

    /** What a code gives. */
    public sealed interface Gift {
        record OfCredit(Money amount) implements Gift {
            public OfCredit {
                if (!amount.isPositive()) {
                    throw new IllegalArgumentException("a code gives something: " + amount.text());
                }
            }
        }

        /** A package as it is on offer when the code is redeemed. */
        record OfPackage(PackageId offer) implements Gift {}
    }

    /**
     * What may be changed as long as a code is not used.
     *
     * @param expiresAt from then on it cannot be redeemed; null for never
     */
    public record Terms(
            @Nullable String name,
            @Nullable String description,
            @Nullable Instant expiresAt,
            boolean enabled) {}

    /**
     * Who redeemed a code, and which line of a ledger it made.
     *
     * @param creditEntry null unless it gave credit
     * @param userPackage null unless it gave a package
     */
    public record Use(
            UserId user,
            Instant at,
            @Nullable Long creditEntry,
            @Nullable UserPackageId userPackage) {}

    /** What can be done with a code. */
    public enum Status {
        UNUSED,
        USED,
        EXPIRED,
        DISABLED
    }
}
