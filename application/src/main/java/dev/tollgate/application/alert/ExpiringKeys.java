package dev.tollgate.application.alert;

import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import java.util.List;

/** The active keys that end soon, be it at a fixed time or some days after their first use. */
public interface ExpiringKeys {
    /**
     * Keys whose end lies after {@code from} and not after {@code to}, by rising id.
     *
     * @param after only ids above this one
     */
    List<ExpiringKey> between(Instant from, Instant to, long after, int limit);

    /** A key and its end, the earlier one if it has two. */
    record ExpiringKey(ApiKeyId id, UserId user, String username, String name, String last4, Instant expiresAt) {}
}
