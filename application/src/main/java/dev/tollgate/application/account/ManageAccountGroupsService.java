package dev.tollgate.application.account;

import dev.tollgate.application.identity.Ids;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Serving;
import dev.tollgate.domain.identity.GroupId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps account groups; membership is kept with the accounts. */
public final class ManageAccountGroupsService implements ManageAccountGroups {
    private final AccountGroups groups;
    private final Accounts accounts;
    private final Ids ids;

    public ManageAccountGroupsService(AccountGroups groups, Accounts accounts, Ids ids) {
        this.groups = groups;
        this.accounts = accounts;
        this.ids = ids;
    }

    @Override
    public List<AccountGroup> all() {
        return groups.all();
    }

    @Override
    public Optional<AccountGroup> find(GroupId id) {
        return groups.all().stream().filter(group -> group.id().equals(id)).findFirst();
    }

    @Override
    public List<AccountId> members(GroupId id) {
        return accounts.all().stream()
                .map(StoredAccount::account)
                .filter(account -> account.serving().groups().contains(id))
                .map(Account::id)
                .toList();
    }

    @Override
    public AccountGroup create(String name, @Nullable String platform, @Nullable String description) {
        AccountGroup group = new AccountGroup(new GroupId(ids.next()), name, platform, description);
        groups.put(group);
        return group;
    }

    @Override
    public boolean replace(AccountGroup group) {
        boolean known = find(group.id()).isPresent();
        if (known) {
            groups.put(group);
        }
        return known;
    }

    @Override
    public Removal remove(GroupId id) {
        if (find(id).isEmpty()) {
            return Removal.NO_SUCH_GROUP;
        }
        if (!members(id).isEmpty()) {
            return Removal.HAS_MEMBERS;
        }
        groups.remove(id);
        return Removal.REMOVED;
    }

    @Override
    public boolean join(GroupId group, AccountId account) {
        if (find(group).isEmpty()) {
            return false;
        }
        return accounts.change(account, stored -> {
                    Set<GroupId> joined =
                            new HashSet<>(stored.account().serving().groups());
                    joined.add(group);
                    return in(stored, joined);
                })
                .isPresent();
    }

    @Override
    public boolean leave(GroupId group, AccountId account) {
        boolean[] left = new boolean[1];
        return accounts.change(account, stored -> {
                            Set<GroupId> remaining =
                                    new HashSet<>(stored.account().serving().groups());
                            left[0] = remaining.remove(group);
                            return in(stored, remaining);
                        })
                        .isPresent()
                && left[0];
    }

    private static StoredAccount in(StoredAccount stored, Set<GroupId> groups) {
        Account account = stored.account();
        Serving serving =
                new Serving(account.serving().allowedModels(), account.serving().modelMapping(), groups);
        return new StoredAccount(
                new Account(
                        account.id(),
                        account.name(),
                        account.type(),
                        account.placement(),
                        serving,
                        account.enabled(),
                        account.health()),
                stored.access(),
                stored.sealedCredentials(),
                stored.troubles(),
                stored.createdAt(),
                stored.updatedAt());
    }
}
