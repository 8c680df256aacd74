package dev.tollgate.application.usage;

import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Names that a test writes down. */
public final class InMemoryUsageNames implements UsageNames {
    private final Map<UserId, String> users = new HashMap<>();
    private final Map<ApiKeyId, KeyName> keys = new HashMap<>();

    public void user(UserId user, String username) {
        users.put(user, username);
    }

    public void key(ApiKeyId key, String name, UserId user) {
        keys.put(key, new KeyName(name, user, users.get(user)));
    }

    @Override
    public Map<UserId, String> users(Collection<UserId> wanted) {
        Map<UserId, String> found = new HashMap<>(users);
        found.keySet().retainAll(wanted);
        return found;
    }

    @Override
    public Map<ApiKeyId, KeyName> keys(Collection<ApiKeyId> wanted) {
        Map<ApiKeyId, KeyName> found = new HashMap<>(keys);
        found.keySet().retainAll(wanted);
        return found;
    }
}
