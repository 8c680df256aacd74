package dev.tollgate.application.account;

import dev.tollgate.domain.identity.GroupId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Account groups in memory. */
public final class InMemoryAccountGroups implements AccountGroups {
    private final Map<GroupId, AccountGroup> groups = new ConcurrentHashMap<>();

    @Override
    public List<AccountGroup> all() {
        return groups.values().stream()
                .sorted(Comparator.comparingLong(
                                (AccountGroup group) -> group.id().value())
                        .reversed())
                .toList();
    }

    @Override
    public void put(AccountGroup group) {
        groups.put(group.id(), group);
    }

    @Override
    public void remove(GroupId id) {
        groups.remove(id);
    }
}
