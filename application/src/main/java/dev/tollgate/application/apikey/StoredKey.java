package dev.tollgate.application.apikey;

import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.apikey.ApiKeyId;
import java.time.Instant;

/** A key as stored, with the parts of its text that may be shown. */
public record StoredKey(ApiKey key, String keyPrefix, String last4, Instant createdAt, Instant updatedAt) {
    public ApiKeyId id() {
        return key.id();
    }

    /** The same key brought to other terms, as of an instant. */
    public StoredKey edited(ApiKey edited, Instant now) {
        return new StoredKey(edited, keyPrefix, last4, createdAt, now);
    }
}
