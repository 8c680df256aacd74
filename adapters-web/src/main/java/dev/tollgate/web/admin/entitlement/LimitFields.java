package dev.tollgate.web.admin.entitlement;

import dev.tollgate.domain.entitlement.PackageType;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.money.Money;
import dev.tollgate.web.admin.Given;
import dev.tollgate.web.admin.JsonBody;
import java.util.EnumMap;
import java.util.Map;

/** The fields of a body that limit a package, window by window; 0 and null take a limit away. */
record LimitFields(Map<WindowKind, Given<Money>> given, String totalName) {
    private static final String DAILY = "daily_quota";

    /** @param totalName what the field for the window of all time is called */
    static LimitFields of(JsonBody body, String totalName) {
        Map<WindowKind, Given<Money>> given = new EnumMap<>(WindowKind.class);
        given.put(WindowKind.DAY, body.money(DAILY));
        given.put(WindowKind.WEEK, body.money("weekly_quota"));
        given.put(WindowKind.MONTH, body.money("monthly_quota"));
        given.put(WindowKind.TOTAL, body.money(totalName));
        return new LimitFields(given, totalName);
    }

    /** Notes limits that a package of a type cannot have, or lacks. */
    void check(JsonBody body, PackageType type, Map<WindowKind, Money> current) {
        Map<WindowKind, Money> limits = over(current);
        boolean hasTotal = limits.containsKey(WindowKind.TOTAL);
        boolean hasPeriod = limits.size() > (hasTotal ? 1 : 0);
        if (type == PackageType.QUOTA && !hasTotal) {
            body.wrong(totalName, "must be more than 0 for a quota package");
        }
        if (type == PackageType.QUOTA && hasPeriod) {
            body.wrong(DAILY, "a quota package has no daily, weekly or monthly quota");
        }
        if (type == PackageType.SUBSCRIPTION && hasTotal) {
            body.wrong(totalName, "a subscription is limited by day, week and month");
        }
    }

    /** These limits over those that hold now. */
    Map<WindowKind, Money> over(Map<WindowKind, Money> current) {
        Map<WindowKind, Money> limits = new EnumMap<>(WindowKind.class);
        given.forEach((kind, field) -> {
            Money limit = field.or(current.getOrDefault(kind, Money.ZERO), Money.ZERO);
            if (limit.isPositive()) {
                limits.put(kind, limit);
            }
        });
        return limits;
    }
}
