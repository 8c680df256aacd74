package dev.tollgate.persistence.sql.entitlement;

import dev.tollgate.application.apikey.KeyDigest;
import dev.tollgate.application.entitlement.RedeemCode;
import dev.tollgate.application.entitlement.RedeemCode.Status;
import dev.tollgate.application.entitlement.RedeemCode.Terms;
import dev.tollgate.application.entitlement.RedeemCode.Use;
import dev.tollgate.application.entitlement.RedeemCodes;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.persistence.sql.ListQuery;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Redeem codes in a table and their uses in another, whose key is the code. A code's row is locked by who uses it. */
@Singleton
final class SqlRedeemCodes implements RedeemCodes {
    private static final String SELECT =
            "SELECT " + RedeemCodeRow.COLUMNS + " FROM " + RedeemCodeRow.TABLES + " WHERE ";
    private static final Map<String, String> SORTED_BY = Map.of(
            "id", "id",
            "batch_id", "batch_id",
            "name", "name",
            "expires_at", "expires_at",
            "created_at", "created_at",
            "used_at", "used_at");

    private final SqlTransactions transactions;

    SqlRedeemCodes(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void add(List<Fresh> codes) {
        transactions.run(sql -> sql.insert(
                RedeemCodeRow.INSERT, codes.stream().map(RedeemCodeRow::values).toList(), ""));
    }

    @Override
    public Page<RedeemCode> list(Wanted wanted, PageQuery query) {
        ListQuery codes = new ListQuery(RedeemCodeRow.COLUMNS, RedeemCodeRow.TABLES);
        if (wanted.batch() != null) {
            codes = codes.where("batch_id = ?", wanted.batch());
        }
        if (wanted.status() != null) {
            codes = of(codes, wanted.status(), wanted.at());
        }
        ListQuery found = codes.search(query.search(), List.of("name", "code_prefix", "last4"));
        return transactions.read(sql -> found.page(sql, query, SORTED_BY, RedeemCodeRow::code));
    }

    private static ListQuery of(ListQuery codes, Status status, Instant now) {
        return switch (status) {
            case USED -> codes.where("used_at IS NOT NULL");
            case DISABLED -> codes.where("used_at IS NULL AND enabled = FALSE");
            case EXPIRED -> codes.where("used_at IS NULL AND enabled = TRUE AND expires_at <= ?", now);
            case UNUSED ->
                codes.where("used_at IS NULL AND enabled = TRUE AND (expires_at IS NULL OR expires_at > ?)", now);
        };
    }

    @Override
    public Optional<RedeemCode> find(long id) {
        return transactions.read(sql -> find(sql, id));
    }

    @Override
    public Optional<RedeemCode> find(List<KeyDigest> digests) {
        String marks = String.join(", ", Collections.nCopies(digests.size(), "?"));
        Object[] values = digests.stream().map(KeyDigest::bytes).toArray();
        return transactions.read(sql -> sql.first(SELECT + "c.digest IN (" + marks + ")", RedeemCodeRow::code, values));
    }

    @Override
    public Optional<RedeemCode> change(long id, UnaryOperator<Terms> change) {
        return transactions.write(sql -> {
            Optional<RedeemCode> found = lock(sql, id);
            if (found.isEmpty() || found.get().use() != null) {
                return found;
            }
            Terms terms = change.apply(found.get().terms());
            sql.update(
                    "UPDATE redeem_code SET name = ?, description = ?, expires_at = ?, enabled = ? WHERE id = ?",
                    terms.name(),
                    terms.description(),
                    terms.expiresAt(),
                    terms.enabled(),
                    id);
            return find(sql, id);
        });
    }

    @Override
    public Optional<RedeemCode> remove(long id) {
        return transactions.write(sql -> {
            Optional<RedeemCode> found = lock(sql, id);
            if (found.isPresent() && found.get().use() == null) {
                sql.update("DELETE FROM redeem_code WHERE id = ?", id);
            }
            return found;
        });
    }

    @Override
    public <T> Optional<T> use(long id, Function<RedeemCode, Decision<T>> decide) {
        return transactions.write(sql -> {
            RedeemCode code = lock(sql, id).orElse(null);
            if (code == null) {
                return Optional.empty();
            }
            Decision<T> decision = decide.apply(code);
            if (decision.use() != null) {
                insert(sql, id, decision.use());
            }
            return Optional.of(decision.answer());
        });
    }

    private static void insert(Sql sql, long id, Use use) throws SQLException {
        UserPackageId userPackage = use.userPackage();
        sql.update(
                """
                INSERT INTO redeem_use (code_id, user_id, credit_entry_id, user_package_id, used_at)
                VALUES (?, ?, ?, ?, ?)""",
                id,
                use.user().value(),
                use.creditEntry(),
                userPackage == null ? null : (Long) userPackage.value(),
                use.at());
        // what the decision booked left notices of its own, but only this transaction's are told on this node at once
        sql.changed(
                userPackage == null ? Changes.Kind.CREDIT : Changes.Kind.USER_PACKAGE,
                use.user().value());
    }

    /** Locks the code's row alone; what is read after that is what was committed last. */
    private static Optional<RedeemCode> lock(Sql sql, long id) throws SQLException {
        boolean isThere = sql.first("SELECT id FROM redeem_code WHERE id = ? FOR UPDATE", row -> row.number("id"), id)
                .isPresent();
        return isThere ? find(sql, id) : Optional.empty();
    }

    private static Optional<RedeemCode> find(Sql sql, long id) throws SQLException {
        return sql.first(SELECT + "c.id = ?", RedeemCodeRow::code, id);
    }
}
