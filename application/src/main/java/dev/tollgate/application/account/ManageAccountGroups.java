package dev.tollgate.application.account;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.identity.GroupId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Use case: keep account groups and who is in them. */
public interface ManageAccountGroups {
    /** All of them, newest first. */
    List<AccountGroup> all();

    Optional<AccountGroup> find(GroupId id);

    /** The accounts in a group. */
    List<AccountId> members(GroupId id);

    AccountGroup create(String name, @Nullable String platform, @Nullable String description);

    /** @return whether there is such a group */
    boolean replace(AccountGroup group);

    Removal remove(GroupId id);

    /** @return whether there are such a group and account */
    boolean join(GroupId group, AccountId account);

    /** @return whether the account was in the group */
    boolean leave(GroupId group, AccountId account);

    /** What became of a removal. A group with members stays: without it they would serve everybody. */
    enum Removal {
        REMOVED,
        HAS_MEMBERS,
        NO_SUCH_GROUP
    }
}
