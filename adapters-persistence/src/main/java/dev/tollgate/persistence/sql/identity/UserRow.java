package dev.tollgate.persistence.sql.identity;

import dev.tollgate.application.identity.StoredUser;
import dev.tollgate.application.identity.StoredUser.Login;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.identity.HomeZone;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.persistence.sql.Row;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a user looks in the table {@code app_user}. */
public final class UserRow {
    /** What {@link #read} needs, where the table is called {@code u}. */
    public static final String COLUMNS = "u.id AS user_id, u.username, u.email, u.role, u.active AS user_active,"
            + " u.billing_mode, u.multiplier AS user_multiplier, u.max_concurrency AS user_max_concurrency,"
            + " u.rpm_limit AS user_rpm, u.daily_cost_limit AS user_daily_cost,"
            + " u.monthly_cost_limit AS user_monthly_cost, u.limits_version AS user_limits_version, u.time_zone, u.next_time_zone, u.time_zone_from, u.group_ids AS user_groups";

    static final String STORED_COLUMNS =
            COLUMNS + ", u.password_hash, u.must_change_password, u.epoch, u.created_at, u.updated_at, u.deleted_at";

    private UserRow() {}

    public static User read(Row row) throws SQLException {
        return new User(
                new UserId(row.number("user_id")),
                row.text("username"),
                row.textOrNull("email"),
                row.constant("role", Role.class),
                row.flag("user_active"),
                row.constant("billing_mode", BillingMode.class),
                row.multiplierOrNull("user_multiplier"),
                new UserLimits(
                        row.integer("user_max_concurrency"),
                        row.number("user_rpm"),
                        row.money("user_daily_cost"),
                        row.money("user_monthly_cost")),
                row.number("user_limits_version"),
                home(row),
                groups(row.numbers("user_groups")));
    }

    static StoredUser readStored(Row row) throws SQLException {
        return new StoredUser(
                read(row),
                new Login(row.text("password_hash"), row.flag("must_change_password"), row.number("epoch")),
                row.instant("created_at"),
                row.instant("updated_at"),
                row.instantOrNull("deleted_at"));
    }

    /** The values of every column but the id, in the order of {@link SqlUsers}'s statements. */
    static @Nullable Object[] values(StoredUser stored) {
        User user = stored.user();
        return new @Nullable Object[] {
            user.username(),
            nameKey(user.username()),
            user.email(),
            user.role(),
            user.active(),
            user.billingMode(),
            user.multiplier(),
            user.limits().maxConcurrency(),
            user.limits().rpm(),
            user.limits().dailyCost(),
            user.limits().monthlyCost(),
            user.limitsVersion(),
            user.home().zone(),
            user.home().next(),
            user.home().nextFrom(),
            user.groups().stream().map(GroupId::value).sorted().toList(),
            stored.login().passwordHash(),
            stored.login().mustChangePassword(),
            stored.login().epoch(),
            stored.createdAt(),
            stored.updatedAt(),
            stored.deletedAt()
        };
    }

    private static HomeZone home(Row row) throws SQLException {
        String next = row.textOrNull("next_time_zone");
        return new HomeZone(
                ZoneId.of(row.text("time_zone")),
                next == null ? null : ZoneId.of(next),
                row.instantOrNull("time_zone_from"));
    }

    /** What makes a name unique. */
    static String nameKey(String username) {
        return username.toLowerCase(Locale.ROOT);
    }

    private static Set<GroupId> groups(Set<Long> ids) {
        return ids.stream().map(GroupId::new).collect(Collectors.toUnmodifiableSet());
    }
}
