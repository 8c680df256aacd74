package dev.tollgate.application.apikey;

import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.InMemoryUsers;
import dev.tollgate.application.identity.Users;

class InMemoryApiKeysTest extends ApiKeysContract {
    private final InMemoryChanges changes = new InMemoryChanges();
    private final Users users = new InMemoryUsers(changes);
    private final ApiKeys keys = new InMemoryApiKeys(users, changes);

    @Override
    protected ApiKeys keys() {
        return keys;
    }

    @Override
    protected Users users() {
        return users;
    }
}
