package dev.tollgate.application.apikey;

import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are not deleted. A deleted one keeps its row, so that its name can still be told, and nothing else.
 * Each edit is one transaction that also announces the change.
 */
public interface ApiKeys {
    /** What lists of keys can be ordered by. */
    Set<String> SORTABLE = Set.of("id", "name", "status", "user_id", "expires_at", "created_at", "updated_at");

    Optional<StoredKey> find(ApiKeyId id);

    /** Keys of a user, or of all if null; the search looks into names and prefixes. */
    Page<StoredKey> list(@Nullable UserId user, PageQuery query);

    void add(StoredKey key, KeyDigest digest);

    /** Applies a change to a key as it is stored, alone with it; empty if there is no such key. */
    Optional<StoredKey> change(ApiKeyId id, UnaryOperator<StoredKey> change);

    /** Gives a key another text, whose digest and shown parts these are; empty if there is no such key. */
    Optional<StoredKey> rotate(ApiKeyId id, KeyDigest digest, String keyPrefix, String last4, Instant now);

    /** Stores the digest of the same text by the present pepper. */
    void seal(ApiKeyId id, KeyDigest digest);

    /** Deletes a key; false if there is none. */
    boolean remove(ApiKeyId id, Instant now);

    /** Who holds the key with a digest; keys of deleted users are held by nobody. */
    Optional<KeyHolder> holder(KeyDigest digest);

    /** Notes a key's first use, unless one is noted; its expiry may count from it. */
    void used(ApiKeyId id, Instant firstUsed);
}
