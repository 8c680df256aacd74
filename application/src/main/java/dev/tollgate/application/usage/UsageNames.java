package dev.tollgate.application.usage;

import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import java.util.Collection;
import java.util.Map;

/** What users and keys that usage names are called, deleted ones included; what is not known is absent. */
public interface UsageNames {
    Map<UserId, String> users(Collection<UserId> users);

    Map<ApiKeyId, KeyName> keys(Collection<ApiKeyId> keys);

    /** A key's name, and its owner's. */
    record KeyName(String name, UserId user, String username) {}
}
