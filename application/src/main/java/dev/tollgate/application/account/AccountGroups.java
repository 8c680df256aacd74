package dev.tollgate.application.account;

import dev.tollgate.domain.identity.GroupId;
import java.util.List;

/** The stored account groups. */
public interface AccountGroups {
    /** All of them, newest first. */
    List<AccountGroup> all();

    /** Adds a group or replaces the one with its id. */
    void put(AccountGroup group);

    void remove(GroupId id);
}
