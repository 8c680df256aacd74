package dev.tollgate.domain.identity;

import dev.tollgate.domain.money.Multiplier;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose calls are metered.
 *
 * @param limitsVersion rises with every change of the limits
 * @param home whose calendar the user's and the keys' day and month limits follow
 * @param groups the account groups the user's calls may use; empty: accounts of no group and of every group
 */
public record User(
        UserId id,
        String username,
        @Nullable String email,
        Role role,
        boolean active,
        BillingMode billingMode,
        @Nullable Multiplier multiplier,
        UserLimits limits,
        long limitsVersion,
        HomeZone home,
        Set<GroupId> groups) {
    public User {
        if (username.isBlank()) {
            throw new IllegalArgumentException("a user has a name");
        }
        groups = Set.copyOf(groups);
    }

    /** The zone in force at an instant. */
    public ZoneId zone(Instant now) {
        return home.at(now);
    }
}
