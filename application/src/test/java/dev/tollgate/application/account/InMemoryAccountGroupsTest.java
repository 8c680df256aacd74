package dev.tollgate.application.account;

class InMemoryAccountGroupsTest extends AccountGroupsContract {
    @Override
    protected AccountGroups groups() {
        return new InMemoryAccountGroups();
    }
}
