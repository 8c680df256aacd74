package dev.tollgate.application.account;

import dev.tollgate.application.identity.InMemoryChanges;

class InMemoryAccountsTest extends AccountsContract {
    @Override
    protected Accounts accounts() {
        return new InMemoryAccounts(new InMemoryChanges());
    }
}
