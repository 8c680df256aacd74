package dev.tollgate.application.relay;

import dev.tollgate.application.relay.TellKeyUsage.KeyLimit;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Use case: tell how the limits of users stand. */
public interface TellUserLimits {
    /** By user the limits that are set on it; a user without any may be absent. */
    Map<UserId, List<KeyLimit>> of(Collection<User> users);
}
