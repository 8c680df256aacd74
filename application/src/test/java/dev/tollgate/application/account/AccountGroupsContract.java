package dev.tollgate.application.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.identity.GroupId;
import org.junit.jupiter.api.Test;

/** What every store of account groups keeps to; each test starts with an empty one. */
public abstract class AccountGroupsContract {
    /** A store with nothing in it. */
    protected abstract AccountGroups groups();

    @Test
    void adds_replaces_and_removes_newest_first() {
        AccountGroups groups = groups();
        AccountGroup first = new AccountGroup(new GroupId(1), "first", null, null);
        AccountGroup second = new AccountGroup(new GroupId(2), "second", "claude", "the good ones");
        groups.put(first);
        groups.put(second);
        assertThat(groups.all()).containsExactly(second, first);

        AccountGroup renamed = new AccountGroup(new GroupId(1), "renamed", "openai", null);
        groups.put(renamed);
        groups.remove(new GroupId(2));
        groups.remove(new GroupId(3));

        assertThat(groups.all()).containsExactly(renamed);
    }
}
