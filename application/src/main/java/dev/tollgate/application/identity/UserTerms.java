package dev.tollgate.application.identity;

import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.identity.HomeZone;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.domain.money.Multiplier;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an admin decides about a user: everything but its id and its password. */
public record UserTerms(
        String username,
        @Nullable String email,
        Role role,
        boolean active,
        BillingMode billingMode,
        @Nullable Multiplier multiplier,
        UserLimits limits,
        HomeZone home,
        Set<GroupId> groups) {
    public UserTerms {
        groups = Set.copyOf(groups);
    }

    public static UserTerms of(User user) {
        return new UserTerms(
                user.username(),
                user.email(),
                user.role(),
                user.active(),
                user.billingMode(),
                user.multiplier(),
                user.limits(),
                user.home(),
                user.groups());
    }

    /** A new user of these terms. */
    public User user(UserId id) {
        return user(id, 0);
    }

    /** A user brought to these terms. */
    public User edited(User before) {
        long changes = before.limits().equals(limits) ? 0 : 1;
        return user(before.id(), before.limitsVersion() + changes);
    }

    private User user(UserId id, long limitsVersion) {
        return new User(
                id, username, email, role, active, billingMode, multiplier, limits, limitsVersion, home, groups);
    }
}
