package dev.tollgate.persistence.sql.entitlement;

import dev.tollgate.application.entitlement.Packages;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.domain.entitlement.MonthRule;
import dev.tollgate.domain.entitlement.OfferTerms;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.PackageOffer;
import dev.tollgate.domain.entitlement.PackageType;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.ModelPatterns;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Packages on offer in a table. */
@Singleton
final class SqlPackages implements Packages {
    private final SqlTransactions transactions;

    SqlPackages(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<PackageOffer> all() {
        return transactions.read(sql -> sql.list("SELECT * FROM package_offer ORDER BY id DESC", SqlPackages::offer));
    }

    @Override
    public Optional<PackageOffer> find(PackageId id) {
        return transactions.read(
                sql -> sql.first("SELECT * FROM package_offer WHERE id = ?", SqlPackages::offer, id.value()));
    }

    @Override
    public void add(PackageOffer offer) {
        transactions.run(sql -> insert(sql, offer));
    }

    @Override
    public boolean replace(PackageOffer offer) {
        return transactions.write(sql -> {
            boolean there = delete(sql, offer.id());
            if (there) {
                insert(sql, offer);
            }
            return there;
        });
    }

    @Override
    public boolean remove(PackageId id) {
        return transactions.write(sql -> delete(sql, id));
    }

    private static boolean delete(Sql sql, PackageId id) throws SQLException {
        boolean there = sql.updated("DELETE FROM package_offer WHERE id = ?", id.value()) == 1;
        if (there) {
            sql.changed(Changes.Kind.PACKAGE, id.value());
        }
        return there;
    }

    private static void insert(Sql sql, PackageOffer offer) throws SQLException {
        OfferTerms terms = offer.terms();
        Map<WindowKind, Money> limits = terms.limits();
        sql.update(
                """
                INSERT INTO package_offer (id, name, description, price, active, type, spend_mode, time_zone, month_rule,
                  duration_days, daily_quota, weekly_quota, monthly_quota, quota_amount, allowed_models)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                offer.id().value(),
                offer.name(),
                offer.description(),
                offer.price(),
                offer.active(),
                terms.type(),
                terms.spendMode(),
                terms.zone(),
                terms.monthRule(),
                terms.durationDays(),
                limits.get(WindowKind.DAY),
                limits.get(WindowKind.WEEK),
                limits.get(WindowKind.MONTH),
                limits.get(WindowKind.TOTAL),
                terms.allowedModels().patterns());
        sql.changed(Changes.Kind.PACKAGE, offer.id().value());
    }

    private static PackageOffer offer(Row row) throws SQLException {
        OfferTerms terms = new OfferTerms(
                row.constant("type", PackageType.class),
                row.constant("spend_mode", SpendMode.class),
                ZoneId.of(row.text("time_zone")),
                row.constant("month_rule", MonthRule.class),
                row.integerOrNull("duration_days"),
                LimitColumns.read(row),
                new ModelPatterns(Set.copyOf(row.texts("allowed_models"))));
        return new PackageOffer(
                new PackageId(row.number("id")),
                row.text("name"),
                row.textOrNull("description"),
                row.money("price"),
                row.flag("active"),
                terms);
    }
}
