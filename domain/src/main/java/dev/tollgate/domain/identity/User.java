package dev.tollgate.domain.identity;

import dev.tollgate.domain.money.Multiplier;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose calls are metered.
 *
 * @param zone whose calendar the user's and the keys' day and month limits follow
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
        ZoneId zone,
        Set<GroupId> groups) {
    public User {
        if (username.isBlank()) {
            throw new IllegalArgumentException("a user has a name");
        }
        groups = Set.copyOf(groups);
    }
}
