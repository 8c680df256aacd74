package dev.tollgate.application.entitlement;

import dev.tollgate.domain.entitlement.MonthRule;
import dev.tollgate.domain.entitlement.OfferTerms;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.PackageOffer;
import dev.tollgate.domain.entitlement.PackageType;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.ModelPatterns;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;

/** Packages for tests. */
public final class Examples {
    public static final Instant START = Instant.parse("2026-01-31T08:30:00.123456Z");
    public static final Money DOLLAR = Money.ofNanos(1_000_000_000);

    private Examples() {}

    public static PackageOffer quota(long id) {
        OfferTerms terms = new OfferTerms(
                PackageType.QUOTA,
                SpendMode.STRICT,
                ZoneId.of("UTC"),
                MonthRule.CALENDAR,
                null,
                Map.of(WindowKind.TOTAL, DOLLAR),
                ModelPatterns.NONE);
        return new PackageOffer(new PackageId(id), "Starter", null, Money.ZERO, true, terms);
    }

    public static PackageOffer subscription(long id) {
        OfferTerms terms = new OfferTerms(
                PackageType.SUBSCRIPTION,
                SpendMode.SLICED,
                ZoneId.of("Asia/Shanghai"),
                MonthRule.ANNIVERSARY,
                30,
                Map.of(WindowKind.DAY, DOLLAR, WindowKind.MONTH, Money.ofNanos(20_000_000_001L)),
                new ModelPatterns(Set.of("claude-*", "gpt-5")));
        return new PackageOffer(
                new PackageId(id), "Monthly 月", "Everything, every day", Money.ofNanos(9_990_000_000L), true, terms);
    }

    /** An offer as it is when it may not be assigned any more. */
    public static PackageOffer withdrawn(PackageOffer offer) {
        return new PackageOffer(offer.id(), offer.name(), offer.description(), offer.price(), false, offer.terms());
    }

    public static HeldPackage held(long id, UserId user, PackageOffer offer) {
        UserPackage held = new UserPackage(
                new UserPackageId(id),
                user,
                offer.id(),
                offer.terms().from(START),
                START,
                offer.terms().expiry(START),
                true,
                0,
                1,
                Map.of());
        return new HeldPackage(held, offer.name(), offer.terms().durationDays());
    }
}
