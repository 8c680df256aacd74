package dev.tollgate.persistence.sql.entitlement;

import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.domain.entitlement.MonthRule;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.PackageTerms;
import dev.tollgate.domain.entitlement.PackageType;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.WindowCalendar;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.ModelPatterns;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;

/** A row of {@code user_package}. */
final class UserPackageRow {
    private UserPackageRow() {}

    static void insert(Sql sql, HeldPackage assigned) throws SQLException {
        UserPackage held = assigned.held();
        PackageTerms terms = held.terms();
        Map<WindowKind, Money> limits = terms.limits();
        sql.update(
                """
                INSERT INTO user_package (id, user_id, package_id, name, type, spend_mode, time_zone, month_rule,
                  daily_quota, weekly_quota, monthly_quota, quota_amount, allowed_models, start_time, expire_time,
                  enabled, priority, version, term_days)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                held.id().value(),
                held.userId().value(),
                held.packageId().value(),
                assigned.name(),
                terms.type(),
                terms.spendMode(),
                terms.calendar().zone(),
                terms.calendar().monthRule(),
                limits.get(WindowKind.DAY),
                limits.get(WindowKind.WEEK),
                limits.get(WindowKind.MONTH),
                limits.get(WindowKind.TOTAL),
                terms.allowedModels().patterns(),
                held.startsAt(),
                held.expiresAt(),
                held.enabled(),
                held.priority(),
                held.version(),
                assigned.termDays());
    }

    static HeldPackage held(Row row) throws SQLException {
        Instant start = row.instant("start_time");
        PackageTerms terms = new PackageTerms(
                row.constant("type", PackageType.class),
                row.constant("spend_mode", SpendMode.class),
                new WindowCalendar(
                        ZoneId.of(row.text("time_zone")), row.constant("month_rule", MonthRule.class), start),
                LimitColumns.read(row),
                new ModelPatterns(Set.copyOf(row.texts("allowed_models"))));
        UserPackage held = new UserPackage(
                new UserPackageId(row.number("id")),
                new UserId(row.number("user_id")),
                new PackageId(row.number("package_id")),
                terms,
                start,
                row.instantOrNull("expire_time"),
                row.flag("enabled"),
                row.integer("priority"),
                row.number("version"),
                Map.of());
        return new HeldPackage(held, row.text("name"), row.integerOrNull("term_days"));
    }
}
