package dev.tollgate.persistence.sql.entitlement;

import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.application.entitlement.PackageEvent;
import dev.tollgate.application.entitlement.UserPackages;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageEdit;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlFailure;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Users' packages in a table, and an append-only one of what happened to them. */
@Singleton
final class SqlUserPackages implements UserPackages {
    private final SqlTransactions transactions;

    SqlUserPackages(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Map<UserId, List<HeldPackage>> of(Collection<UserId> users) {
        if (users.isEmpty()) {
            return Map.of();
        }
        String query = "SELECT * FROM user_package WHERE removed_at IS NULL AND user_id IN (" + Ids.marks(users)
                + ") ORDER BY id";
        return transactions.read(sql -> sql.list(query, UserPackageRow::held, Ids.of(users, UserId::value))).stream()
                .collect(Collectors.groupingBy(found -> found.held().userId()));
    }

    @Override
    public Optional<HeldPackage> find(UserPackageId id) {
        return transactions.read(sql -> sql.first(
                "SELECT * FROM user_package WHERE id = ? AND removed_at IS NULL", UserPackageRow::held, id.value()));
    }

    @Override
    public Optional<HeldPackage> assigned(UserId user, String reference) {
        return transactions.read(sql -> sql.first("""
                SELECT p.* FROM user_package p JOIN package_event e ON e.user_package_id = p.id
                WHERE e.user_id = ? AND e.reference = ?""", UserPackageRow::held, user.value(), reference));
    }

    @Override
    public boolean add(HeldPackage held, PackageEvent event) {
        return isNew(event, sql -> {
            book(sql, held.held().id(), held.held().userId(), event);
            UserPackageRow.insert(sql, held);
            return true;
        });
    }

    @Override
    public boolean replace(UserPackage edited, PackageEvent event) {
        return isNew(event, sql -> {
            boolean first = update(sql, edited) == 1;
            if (first) {
                book(sql, edited.id(), edited.userId(), event);
            }
            return first;
        });
    }

    /** Runs a write; false if the user's ledger has the event's reference already. */
    private boolean isNew(PackageEvent event, SqlTransactions.Work<Boolean> write) {
        try {
            return transactions.write(write);
        } catch (SqlFailure failure) {
            if (event.reference() != null && failure.isDuplicate()) {
                return false;
            }
            throw failure;
        }
    }

    @Override
    public Optional<UserPackage> remove(UserPackageId id, PackageEvent event) {
        return transactions.write(sql -> {
            Optional<UserPackage> ended = sql.first(
                            "SELECT * FROM user_package WHERE id = ? AND removed_at IS NULL FOR UPDATE",
                            UserPackageRow::held,
                            id.value())
                    .map(found -> ended(found.held()));
            if (ended.isPresent()) {
                sql.update(
                        "UPDATE user_package SET enabled = FALSE, version = ?, removed_at = ? WHERE id = ?",
                        ended.get().version(),
                        event.at(),
                        id.value());
                book(sql, id, ended.get().userId(), event);
            }
            return ended;
        });
    }

    private static UserPackage ended(UserPackage held) {
        return held.edited(new UserPackageEdit(
                held.expiresAt(), false, held.priority(), held.terms().limits()));
    }

    @Override
    public List<Numbered> events(UserPackageId id, @Nullable Long before, int limit) {
        return transactions.read(sql -> sql.list(
                "SELECT * FROM package_event WHERE user_package_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
                row -> new Numbered(row.number("id"), event(row)),
                id.value(),
                before == null ? Long.MAX_VALUE : before,
                limit));
    }

    private static int update(Sql sql, UserPackage edited) throws SQLException {
        Map<WindowKind, Money> limits = edited.terms().limits();
        return sql.updated(
                """
                UPDATE user_package SET expire_time = ?, enabled = ?, priority = ?, daily_quota = ?, weekly_quota = ?,
                  monthly_quota = ?, quota_amount = ?, version = ?
                WHERE id = ? AND version = ? AND removed_at IS NULL""",
                edited.expiresAt(),
                edited.enabled(),
                edited.priority(),
                limits.get(WindowKind.DAY),
                limits.get(WindowKind.WEEK),
                limits.get(WindowKind.MONTH),
                limits.get(WindowKind.TOTAL),
                edited.version(),
                edited.id().value(),
                edited.version() - 1);
    }

    private static void book(Sql sql, UserPackageId id, UserId user, PackageEvent event) throws SQLException {
        UserId actor = event.actor();
        sql.update(
                """
                INSERT INTO package_event (user_package_id, user_id, kind, reference, actor_id, occurred_at)
                VALUES (?, ?, ?, ?, ?, ?)""",
                id.value(),
                user.value(),
                event.kind(),
                event.reference(),
                actor == null ? null : actor.value(),
                event.at());
        sql.changed(Changes.Kind.USER_PACKAGE, user.value());
    }

    private static PackageEvent event(Row row) throws SQLException {
        Long actor = row.numberOrNull("actor_id");
        return new PackageEvent(
                row.constant("kind", PackageEvent.Kind.class),
                row.textOrNull("reference"),
                actor == null ? null : new UserId(actor),
                row.instant("occurred_at"));
    }
}
