package dev.tollgate.application.account;

import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.domain.account.AccountId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Accounts in memory. */
public final class InMemoryAccounts implements Accounts {
    private final InMemoryChanges changes;
    private final Map<AccountId, StoredAccount> accounts = new ConcurrentHashMap<>();

    public InMemoryAccounts(InMemoryChanges changes) {
        this.changes = changes;
    }

    @Override
    public List<StoredAccount> all() {
        return accounts.values().stream()
                .sorted(Comparator.comparingLong(
                                (StoredAccount stored) -> stored.account().id().value())
                        .reversed())
                .toList();
    }

    @Override
    public Optional<StoredAccount> find(AccountId id) {
        return Optional.ofNullable(accounts.get(id));
    }

    @Override
    public void add(StoredAccount account) {
        accounts.put(account.account().id(), account);
        changed(account.account().id());
    }

    @Override
    public Optional<StoredAccount> change(AccountId id, UnaryOperator<StoredAccount> change) {
        StoredAccount changed = accounts.computeIfPresent(id, (same, stored) -> change.apply(stored));
        changed(id);
        return Optional.ofNullable(changed);
    }

    @Override
    public boolean remove(AccountId id) {
        boolean known = accounts.remove(id) != null;
        changed(id);
        return known;
    }

    private void changed(AccountId id) {
        changes.changed(Changes.Kind.ACCOUNT, id.value());
    }
}
