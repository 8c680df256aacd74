package dev.tollgate.application.alert;

import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.apikey.KeyExpiry;
import dev.tollgate.domain.identity.UserId;
import java.time.Duration;
import java.time.Instant;

class InMemoryExpiringKeysTest extends ExpiringKeysContract {
    private final InMemoryExpiringKeys keys = new InMemoryExpiringKeys();

    @Override
    protected ExpiringKeys keys() {
        return keys;
    }

    @Override
    protected void add(long id, KeyExpiry expiry, boolean active) {
        Instant span = expiry.daysFromFirstUse() == null || expiry.firstUsed() == null
                ? Instant.MAX
                : expiry.firstUsed().plus(Duration.ofDays(expiry.daysFromFirstUse()));
        Instant end = expiry.at() != null && expiry.at().isBefore(span) ? expiry.at() : span;
        if (active) {
            keys.add(new ExpiringKeys.ExpiringKey(new ApiKeyId(id), new UserId(11), OWNER, "key " + id, "last", end));
        }
    }
}
