package dev.tollgate.persistence.sql.identity;

import dev.tollgate.application.identity.Changes.Kind;
import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.application.identity.StoredUser;
import dev.tollgate.application.identity.Users;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.persistence.sql.ListQuery;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlFailure;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Users in the table {@code app_user}. */
@Singleton
final class SqlUsers implements Users {
    private static final String SELECT = "SELECT " + UserRow.STORED_COLUMNS + " FROM app_user u WHERE ";
    private static final String INSERT = "INSERT INTO app_user (username, username_key, email, role, active,"
            + " billing_mode, multiplier, max_concurrency, rpm_limit, daily_cost_limit, monthly_cost_limit, limits_version,"
            + " time_zone, next_time_zone, time_zone_from, group_ids, password_hash, must_change_password, epoch, created_at, updated_at,"
            + " deleted_at, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE = "UPDATE app_user SET username = ?, username_key = ?, email = ?, role = ?,"
            + " active = ?, billing_mode = ?, multiplier = ?, max_concurrency = ?, rpm_limit = ?,"
            + " daily_cost_limit = ?, monthly_cost_limit = ?, limits_version = ?, time_zone = ?, next_time_zone = ?, time_zone_from = ?, group_ids = ?, password_hash = ?,"
            + " must_change_password = ?, epoch = ?, created_at = ?, updated_at = ?, deleted_at = ? WHERE id = ?";
    private static final Map<String, String> SORTED_BY = Map.of(
            "id", "id",
            "username", "username_key",
            "email", "email",
            "role", "role",
            "status", "active",
            "created_at", "created_at",
            "updated_at", "updated_at");

    private final SqlTransactions transactions;
    private final InstantSource clock;

    SqlUsers(SqlTransactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Optional<StoredUser> find(UserId id) {
        return transactions.read(sql -> sql.first(SELECT + "u.id = ?", UserRow::readStored, id.value()));
    }

    @Override
    public Optional<StoredUser> named(String username) {
        String key = UserRow.nameKey(username);
        return transactions.read(sql -> sql.first(SELECT + "u.username_key = ?", UserRow::readStored, key));
    }

    @Override
    public List<StoredUser> all(Collection<UserId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        @Nullable Object[] values = ids.stream().map(UserId::value).toArray();
        String condition = "u.id IN (" + marks(values.length) + ") ORDER BY u.id";
        return transactions.read(sql -> sql.list(SELECT + condition, UserRow::readStored, values));
    }

    @Override
    public Page<StoredUser> list(PageQuery query) {
        return transactions.read(sql -> new ListQuery(UserRow.STORED_COLUMNS, "app_user u")
                .where("u.deleted_at IS NULL")
                .search(query.search(), List.of("u.username", "u.email"))
                .page(sql, query, SORTED_BY, UserRow::readStored));
    }

    @Override
    public boolean add(StoredUser user) {
        try {
            transactions.run(sql -> {
                sql.update(INSERT, withId(user));
                sql.changed(Kind.USER, user.id().value());
            });
            return true;
        } catch (SqlFailure failure) {
            if (failure.isDuplicate()) {
                return false;
            }
            throw failure;
        }
    }

    @Override
    public Optional<StoredUser> change(UserId id, UnaryOperator<StoredUser> change) {
        return transactions.write(sql -> {
            Optional<StoredUser> found = sql.first(SELECT + "u.id = ? FOR UPDATE", UserRow::readStored, id.value());
            if (found.isEmpty()) {
                return found;
            }
            StoredUser changed = change.apply(found.get());
            replace(sql, changed);
            return Optional.of(changed);
        });
    }

    @Override
    public int multiply(@Nullable Set<UserId> ids, @Nullable Multiplier multiplier) {
        String all = "UPDATE app_user SET multiplier = ?, updated_at = ? WHERE deleted_at IS NULL";
        return transactions.write(sql -> {
            sql.changed(Kind.USER, 0);
            if (ids == null) {
                return sql.updated(all, multiplier, clock.instant());
            }
            int changed = 0;
            for (UserId id : ids) {
                changed += sql.updated(all + " AND id = ?", multiplier, clock.instant(), id.value());
            }
            return changed;
        });
    }

    @Override
    public int activeAdmins() {
        return transactions.write(sql -> sql.list(
                        "SELECT id FROM app_user WHERE role = 'admin' AND active = TRUE AND deleted_at IS NULL"
                                + " ORDER BY id FOR UPDATE",
                        row -> row.number("id"))
                .size());
    }

    private static void replace(Sql sql, StoredUser user) throws SQLException {
        try {
            sql.update(UPDATE, withId(user));
        } catch (SQLException refused) {
            if (SqlFailure.isDuplicate(refused)) {
                throw new NameTaken(user.user().username());
            }
            throw refused;
        }
        sql.changed(Kind.USER, user.id().value());
    }

    private static @Nullable Object[] withId(StoredUser user) {
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(UserRow.values(user)));
        values.add(user.id().value());
        return values.toArray();
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
