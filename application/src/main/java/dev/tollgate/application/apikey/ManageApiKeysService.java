package dev.tollgate.application.apikey;

import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.application.identity.StoredUser;
import dev.tollgate.application.identity.Users;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.apikey.KeyText;
import dev.tollgate.domain.identity.UserId;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Issues keys and keeps them. */
public final class ManageApiKeysService implements ManageApiKeys {
    private final ApiKeys keys;
    private final KeyDigests digests;
    private final Users users;
    private final KeyCostLimits costLimits;
    private final Ids ids;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public ManageApiKeysService(
            ApiKeys keys, KeyDigests digests, Users users, KeyCostLimits costLimits, Ids ids, InstantSource clock) {
        this.keys = keys;
        this.digests = digests;
        this.users = users;
        this.costLimits = costLimits;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Page<StoredKey> list(@Nullable UserId owner, PageQuery query) {
        return keys.list(owner, query);
    }

    @Override
    public Optional<StoredKey> find(@Nullable UserId owner, ApiKeyId id) {
        return keys.find(id)
                .filter(stored -> owner == null || stored.key().userId().equals(owner));
    }

    @Override
    public Optional<Issued> issue(UserId user, KeyTerms terms) {
        return issue(user, terms, KeyText.generate(random::nextInt));
    }

    @Override
    public Optional<Issued> issue(UserId user, KeyTerms terms, KeyText text) {
        Optional<StoredUser> holder = users.find(user).filter(found -> !found.isDeleted());
        if (holder.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        StoredKey stored =
                new StoredKey(terms.key(new ApiKeyId(ids.next()), user), text.keyPrefix(), text.last4(), now, now);
        keys.add(stored, digest(text));
        return Optional.of(new Issued(stored, text));
    }

    @Override
    public Optional<Issued> rotate(@Nullable UserId owner, ApiKeyId id) {
        KeyText text = KeyText.generate(random::nextInt);
        return find(owner, id)
                .flatMap(found -> keys.rotate(id, digest(text), text.keyPrefix(), text.last4(), clock.instant()))
                .map(rotated -> new Issued(rotated, text));
    }

    @Override
    public Optional<StoredKey> change(@Nullable UserId owner, ApiKeyId id, UnaryOperator<KeyTerms> change) {
        if (find(owner, id).isEmpty()) {
            return Optional.empty();
        }
        long[] versionBefore = new long[1];
        Optional<StoredKey> changed = keys.change(id, stored -> {
            versionBefore[0] = stored.key().limitsVersion();
            ApiKey edited = change.apply(KeyTerms.of(stored.key())).edited(stored.key());
            return stored.edited(edited, clock.instant());
        });
        changed.map(StoredKey::key)
                .filter(key -> key.limitsVersion() != versionBefore[0])
                .ifPresent(this::push);
        return changed;
    }

    private void push(ApiKey edited) {
        users.find(edited.userId()).ifPresent(holder -> costLimits.push(new KeyHolder(edited, holder.user())));
    }

    @Override
    public Optional<StoredKey> remove(@Nullable UserId owner, ApiKeyId id) {
        return find(owner, id).filter(found -> keys.remove(id, clock.instant()));
    }

    private KeyDigest digest(KeyText text) {
        return digests.of(text.text()).getFirst();
    }
}
