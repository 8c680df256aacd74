package dev.tollgate.persistence.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tollgate.application.apikey.ApiKeys;
import dev.tollgate.application.apikey.KeyDigest;
import dev.tollgate.application.apikey.KeyDigests;
import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.apikey.KeyRing;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.Changes.Change;
import dev.tollgate.application.identity.Snapshot;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.apikey.KeyExpiry;
import dev.tollgate.domain.apikey.KeyText;
import dev.tollgate.persistence.sql.apikey.HeldKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys in memory by their whole digest, looked up anew beside the calls each minute, and after each edit. While the
 * database is away what is known serves on for a quarter of an hour, and what is not known is not refused: after half a
 * minute without a word of edits it is not even looked up.
 */
@Singleton
final class CaffeineKeyRing implements KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");
    private static final Duration FRESH = Duration.ofSeconds(60);
    private static final Duration UNCONFIRMED_UNKNOWN_MAX = Duration.ofSeconds(30);
    private static final Duration ABSENCE_KEPT = Duration.ofSeconds(30);
    private static final int KEYS_MAX = 100_000;
    private static final int ABSENT_MAX = 10_000;

    private final ApiKeys keys;
    private final KeyDigests digests;
    private final Changes changes;
    private final Executor aside;
    private final InstantSource clock;
    private final Set<KeyDigest> refreshing = ConcurrentHashMap.newKeySet();
    private final AtomicLong edits = new AtomicLong();
    private final Cache<KeyDigest, Known> known =
            Caffeine.newBuilder().maximumSize(KEYS_MAX).build();
    private final Cache<KeyDigest, Instant> absent =
            Caffeine.newBuilder().maximumSize(ABSENT_MAX).build();

    @Inject
    CaffeineKeyRing(ApiKeys keys, KeyDigests digests, Changes changes, InstantSource clock) {
        this(keys, digests, changes, clock, oneThread());
    }

    /** @param aside runs what no call waits for, at most one task a key at a time */
    CaffeineKeyRing(ApiKeys keys, KeyDigests digests, Changes changes, InstantSource clock, Executor aside) {
        this.keys = keys;
        this.digests = digests;
        this.changes = changes;
        this.clock = clock;
        this.aside = aside;
        changes.subscribe(this::forget);
    }

    private static Executor oneThread() {
        return Executors.newSingleThreadExecutor(
                task -> Thread.ofPlatform().name("key-ring").daemon().unstarted(task));
    }

    @Override
    public Optional<KeyHolder> find(String keyText) {
        if (!KeyText.isWellFormed(keyText)) {
            return Optional.empty();
        }
        List<KeyDigest> candidates = digests.of(keyText);
        KeyDigest present = candidates.getFirst();
        Instant now = clock.instant();
        Known entry = known.getIfPresent(present);
        if (entry != null) {
            requireConfirmedWithin(Snapshot.UNCONFIRMED_MAX, now);
            boolean isDue = !entry.isYoungerThan(FRESH, now);
            if (isDue || isFirstUse(entry.holder().key())) {
                aside(present, () -> renew(candidates, entry.holder(), isDue, now));
            }
            return Optional.of(entry.holder());
        }
        if (isKnownToBeAbsent(present, now)) {
            return Optional.empty();
        }
        requireConfirmedWithin(UNCONFIRMED_UNKNOWN_MAX, now);
        Optional<KeyHolder> found = lookUp(candidates, now);
        found.filter(holder -> isFirstUse(holder.key()))
                .ifPresent(holder -> aside(present, () -> renew(candidates, holder, false, now)));
        return found;
    }

    /** Takes keys in before calls ask for them, unless something is edited meanwhile. */
    List<HeldKey> take(Supplier<List<HeldKey>> load) {
        Instant now = clock.instant();
        long editsBefore = edits.get();
        List<HeldKey> keys = load.get();
        keys.forEach(key -> known.put(key.digest(), new Known(key.holder(), now)));
        if (edits.get() != editsBefore) {
            known.invalidateAll();
        }
        return keys;
    }

    private void requireConfirmedWithin(Duration lately, Instant now) {
        if (changes.confirmedAt().isBefore(now.minus(lately))) {
            throw new StoreUnavailable("no word of edits for too long", null);
        }
    }

    private void aside(KeyDigest digest, Runnable task) {
        if (!refreshing.add(digest)) {
            return;
        }
        aside.execute(() -> {
            try {
                task.run();
            } catch (StoreUnavailable away) {
                LOG.debug("a key is looked up again at its next use: {}", away.getMessage());
            } finally {
                refreshing.remove(digest);
            }
        });
    }

    /** A key whose days count from its first use learns of it; if the database is away, a later use will be the first. */
    private void renew(List<KeyDigest> candidates, KeyHolder holder, boolean isDue, Instant now) {
        if (isFirstUse(holder.key())) {
            keys.used(holder.key().id(), now);
        }
        if (isDue) {
            var unused = lookUp(candidates, now);
        }
    }

    private static boolean isFirstUse(ApiKey key) {
        KeyExpiry expiry = key.expiry();
        return expiry.daysFromFirstUse() != null && expiry.firstUsed() == null && key.active();
    }

    private Optional<KeyHolder> lookUp(List<KeyDigest> candidates, Instant now) {
        KeyDigest present = candidates.getFirst();
        long editsBefore = edits.get();
        Optional<KeyHolder> holder = stored(candidates);
        holder.ifPresentOrElse(found -> known.put(present, new Known(found, now)), () -> {
            known.invalidate(present);
            absent.put(present, now);
        });
        if (edits.get() != editsBefore) {
            known.invalidate(present);
            absent.invalidate(present);
        }
        return holder;
    }

    private Optional<KeyHolder> stored(List<KeyDigest> candidates) {
        for (KeyDigest candidate : candidates) {
            Optional<KeyHolder> holder = keys.holder(candidate);
            if (holder.isPresent()) {
                if (!candidate.equals(candidates.getFirst())) {
                    keys.seal(holder.get().key().id(), candidates.getFirst());
                }
                return holder;
            }
        }
        return Optional.empty();
    }

    private boolean isKnownToBeAbsent(KeyDigest digest, Instant now) {
        Instant since = absent.getIfPresent(digest);
        return since != null && now.isBefore(since.plus(ABSENCE_KEPT));
    }

    private void forget(Change change) {
        boolean all = change.id() == 0;
        edits.incrementAndGet();
        switch (change.kind()) {
            case API_KEY -> {
                absent.invalidateAll();
                known.asMap()
                        .values()
                        .removeIf(entry -> all || entry.holder().key().id().value() == change.id());
            }
            case USER -> {
                absent.invalidateAll();
                known.asMap()
                        .values()
                        .removeIf(entry -> all || entry.holder().user().id().value() == change.id());
            }
            case ACCOUNT, ACCOUNT_GROUP, MODEL, MODEL_MAPPING, PACKAGE, USER_PACKAGE, CREDIT, SETTING -> {}
        }
    }

    private record Known(KeyHolder holder, Instant loadedAt) {
        boolean isYoungerThan(Duration age, Instant now) {
            return now.isBefore(loadedAt.plus(age));
        }
    }
}
