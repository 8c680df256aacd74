package dev.tollgate.persistence.sql.entitlement;

import dev.tollgate.application.entitlement.RedeemCode;
import dev.tollgate.application.entitlement.RedeemCode.Gift;
import dev.tollgate.application.entitlement.RedeemCode.Origin;
import dev.tollgate.application.entitlement.RedeemCode.Terms;
import dev.tollgate.application.entitlement.RedeemCode.Use;
import dev.tollgate.application.entitlement.RedeemCodes.Fresh;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.persistence.sql.Row;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code redeem_code} with that of its use, if it has one. */
final class RedeemCodeRow {
    static final String INSERT = "INSERT INTO redeem_code (id, batch_id, digest, digest_key_id, code_prefix, last4,"
            + " amount, package_id, name, description, expires_at, enabled, creator_id, created_at)";
    static final String COLUMNS = "c.*, u.user_id, u.credit_entry_id, u.user_package_id, u.used_at";
    static final String TABLES = "redeem_code c LEFT JOIN redeem_use u ON u.code_id = c.id";

    private RedeemCodeRow() {}

    static @Nullable Object[] values(Fresh fresh) {
        RedeemCode code = fresh.code();
        Terms terms = code.terms();
        UserId creator = code.origin().creator();
        return new @Nullable Object[] {
            code.id(),
            code.origin().batch(),
            fresh.digest().bytes(),
            fresh.digest().pepperId(),
            code.prefix(),
            code.last4(),
            code.gift() instanceof Gift.OfCredit(Money amount) ? amount : null,
            code.gift() instanceof Gift.OfPackage(PackageId offer) ? (Long) offer.value() : null,
            terms.name(),
            terms.description(),
            terms.expiresAt(),
            terms.enabled(),
            creator == null ? null : (Long) creator.value(),
            code.origin().createdAt()
        };
    }

    static RedeemCode code(Row row) throws SQLException {
        Long creator = row.numberOrNull("creator_id");
        return new RedeemCode(
                row.number("id"),
                new Origin(
                        row.number("batch_id"),
                        creator == null ? null : new UserId(creator),
                        row.instant("created_at")),
                row.text("code_prefix"),
                row.text("last4"),
                gift(row),
                new Terms(
                        row.textOrNull("name"),
                        row.textOrNull("description"),
                        row.instantOrNull("expires_at"),
                        row.flag("enabled")),
                use(row));
    }

    private static Gift gift(Row row) throws SQLException {
        Money amount = row.moneyOrNull("amount");
        return amount != null
                ? new Gift.OfCredit(amount)
                : new Gift.OfPackage(new PackageId(Objects.requireNonNull(row.numberOrNull("package_id"))));
    }

    private static @Nullable Use use(Row row) throws SQLException {
        Long user = row.numberOrNull("user_id");
        if (user == null) {
            return null;
        }
        Long userPackage = row.numberOrNull("user_package_id");
        return new Use(
                new UserId(user),
                row.instant("used_at"),
                row.numberOrNull("credit_entry_id"),
                userPackage == null ? null : new UserPackageId(userPackage));
    }
}
