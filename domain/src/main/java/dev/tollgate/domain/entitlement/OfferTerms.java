package dev.tollgate.domain.entitlement;

import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.ModelPatterns;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a package on offer will grant whoever it is assigned to.
 *
 * @param durationDays calendar days of the package's zone; null for one that never ends
 * @param limits money by window; a window that is absent has no limit
 */
public record OfferTerms(
        PackageType type,
        SpendMode spendMode,
        ZoneId zone,
        MonthRule monthRule,
        @Nullable Integer durationDays,
        Map<WindowKind, Money> limits,
        ModelPatterns allowedModels) {
    /** A hundred years; longer is a slip of the pen. */
    public static final int DURATION_DAYS_MAX = 36_500;

    public OfferTerms {
        if (durationDays != null && (durationDays <= 0 || durationDays > DURATION_DAYS_MAX)) {
            throw new IllegalArgumentException("a package lasts 1 to 36500 days: " + durationDays);
        }
        limits = copied(type, spendMode, zone, monthRule, limits, allowedModels);
    }

    /** The terms of a package that starts at an instant, which is also the anchor of its anniversaries. */
    public PackageTerms from(Instant start) {
        return new PackageTerms(type, spendMode, new WindowCalendar(zone, monthRule, start), limits, allowedModels);
    }

    /** When a package that starts at an instant ends: the same time of day in its zone, so many days on. */
    public @Nullable Instant expiry(Instant start) {
        return durationDays == null
                ? null
                : start.atZone(zone).plusDays(durationDays).toInstant();
    }

    private static Map<WindowKind, Money> copied(
            PackageType type,
            SpendMode spendMode,
            ZoneId zone,
            MonthRule monthRule,
            Map<WindowKind, Money> limits,
            ModelPatterns allowedModels) {
        WindowCalendar calendar = new WindowCalendar(zone, monthRule, Instant.EPOCH);
        return new PackageTerms(type, spendMode, calendar, limits, allowedModels).limits();
    }
}
