package dev.tollgate.domain.entitlement;

import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.ModelPatterns;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a package grants, as it was when it was assigned: later edits of the package on offer do not change it.
 *
 * @param limits money by window; a window that is absent has no limit
 */
public record PackageTerms(
        PackageType type,
        SpendMode spendMode,
        WindowCalendar calendar,
        Map<WindowKind, Money> limits,
        ModelPatterns allowedModels) {
    public PackageTerms {
        limits.forEach((kind, limit) -> {
            boolean fits = (kind == WindowKind.TOTAL) == (type == PackageType.QUOTA);
            if (!fits || !limit.isPositive() || limit.compareTo(Money.LIMIT_MAX) > 0) {
                throw new IllegalArgumentException("a " + type + " cannot limit its " + kind + " to " + limit);
            }
        });
        if (type == PackageType.QUOTA && limits.isEmpty()) {
            throw new IllegalArgumentException("a quota has an amount");
        }
        limits = limits.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(limits));
    }

    /** A subscription by the calendar of a zone, for every model, held strictly. */
    public static PackageTerms subscription(ZoneId zone, Map<WindowKind, Money> limits) {
        return new PackageTerms(
                PackageType.SUBSCRIPTION, SpendMode.STRICT, WindowCalendar.of(zone), limits, ModelPatterns.NONE);
    }

    /** An amount for every model, until it is spent, held strictly. */
    public static PackageTerms quota(Money amount) {
        return new PackageTerms(
                PackageType.QUOTA,
                SpendMode.STRICT,
                WindowCalendar.of(ZoneOffset.UTC),
                Map.of(WindowKind.TOTAL, amount),
                ModelPatterns.NONE);
    }
}
