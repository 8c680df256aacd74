package dev.tollgate.application.apikey;

import dev.tollgate.application.identity.Changes.Kind;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.application.identity.StoredUser;
import dev.tollgate.application.identity.Users;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.apikey.KeyExpiry;
import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keys in a map. */
public final class InMemoryApiKeys implements ApiKeys {
    private final Map<Long, StoredKey> keys = new TreeMap<>();
    private final Map<Long, KeyDigest> digests = new HashMap<>();
    private final Users users;
    private final InMemoryChanges changes;

    public InMemoryApiKeys(Users users, InMemoryChanges changes) {
        this.users = users;
        this.changes = changes;
    }

    @Override
    public synchronized Optional<StoredKey> find(ApiKeyId id) {
        return Optional.ofNullable(keys.get(id.value()));
    }

    @Override
    public synchronized Page<StoredKey> list(@Nullable UserId user, PageQuery query) {
        List<StoredKey> found = keys.values().stream()
                .filter(stored -> user == null || stored.key().userId().equals(user))
                .filter(stored -> matches(stored, query.search()))
                .sorted(Comparator.comparingLong(stored -> -stored.id().value()))
                .toList();
        return new Page<>(
                found.stream().skip(query.offset()).limit(query.pageSize()).toList(), found.size());
    }

    @Override
    public synchronized void add(StoredKey key, KeyDigest digest) {
        keys.put(key.id().value(), key);
        digests.put(key.id().value(), digest);
        changes.changed(Kind.API_KEY, key.id().value());
    }

    @Override
    public synchronized Optional<StoredKey> change(ApiKeyId id, UnaryOperator<StoredKey> change) {
        Optional<StoredKey> changed = find(id).map(change);
        changed.ifPresent(stored -> add(stored, digests.get(id.value())));
        return changed;
    }

    @Override
    public synchronized Optional<StoredKey> rotate(
            ApiKeyId id, KeyDigest digest, String keyPrefix, String last4, Instant now) {
        Optional<StoredKey> rotated =
                find(id).map(stored -> new StoredKey(stored.key(), keyPrefix, last4, stored.createdAt(), now));
        rotated.ifPresent(stored -> add(stored, digest));
        return rotated;
    }

    @Override
    public synchronized void seal(ApiKeyId id, KeyDigest digest) {
        digests.put(id.value(), digest);
        changes.changed(Kind.API_KEY, id.value());
    }

    @Override
    public synchronized boolean remove(ApiKeyId id, Instant now) {
        boolean removed = keys.remove(id.value()) != null;
        digests.remove(id.value());
        changes.changed(Kind.API_KEY, id.value());
        return removed;
    }

    @Override
    public synchronized Optional<KeyHolder> holder(KeyDigest digest) {
        return digests.entrySet().stream()
                .filter(entry -> entry.getValue().equals(digest))
                .map(entry -> keys.get(entry.getKey()))
                .findFirst()
                .flatMap(stored -> users.find(stored.key().userId())
                        .filter(user -> !user.isDeleted())
                        .map(StoredUser::user)
                        .map(user -> new KeyHolder(stored.key(), user)));
    }

    @Override
    public synchronized void used(ApiKeyId id, Instant firstUsed) {
        Optional<StoredKey> noted = change(id, stored -> {
            KeyExpiry expiry = stored.key().expiry();
            KeyTerms terms = KeyTerms.of(stored.key());
            KeyTerms used = new KeyTerms(
                    terms.name(),
                    terms.active(),
                    new KeyExpiry(
                            expiry.at(),
                            expiry.daysFromFirstUse(),
                            expiry.firstUsed() == null ? firstUsed : expiry.firstUsed()),
                    terms.scope(),
                    terms.limits(),
                    terms.multiplier(),
                    terms.billingType(),
                    terms.boundPackage());
            return new StoredKey(
                    used.edited(stored.key()),
                    stored.keyPrefix(),
                    stored.last4(),
                    stored.createdAt(),
                    stored.updatedAt());
        });
        assert noted.isPresent() || !keys.containsKey(id.value());
    }

    private static boolean matches(StoredKey stored, @Nullable String search) {
        String text = stored.key().name() + "\n" + stored.keyPrefix();
        return search == null || text.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT));
    }
}
