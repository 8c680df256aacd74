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
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.apikey.KeyExpiry;
import dev.tollgate.domain.apikey.KeyText;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys in memory by their whole digest, as {@code reliability} has it: looked up anew each minute and after each edit;
 * while the database is away what is known serves on for a quarter of an hour, and what is not known is not refused.
 */
@Singleton
final class CaffeineKeyRing implements KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");
    private static final Duration FRESH = Duration.ofSeconds(60);
    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final Duration ABSENCE_KEPT = Duration.ofSeconds(30);
    private static final int KEYS_MAX = 100_000;
    private static final int ABSENT_MAX = 10_000;

    private final ApiKeys keys;
    private final KeyDigests digests;
    private final InstantSource clock;
    private final AtomicLong edits = new AtomicLong();
    private final Cache<KeyDigest, Known> known =
            Caffeine.newBuilder().maximumSize(KEYS_MAX).build();
    private final Cache<KeyDigest, Instant> absent =
            Caffeine.newBuilder().maximumSize(ABSENT_MAX).build();

    CaffeineKeyRing(ApiKeys keys, KeyDigests digests, Changes changes, InstantSource clock) {
        this.keys = keys;
        this.digests = digests;
        this.clock = clock;
        changes.subscribe(this::forget);
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
        if (entry != null && entry.isYoungerThan(FRESH, now)) {
            return Optional.of(firstUseNoted(entry.holder(), now));
        }
        if (entry == null && isKnownToBeAbsent(present, now)) {
            return Optional.empty();
        }
        return lookUp(candidates, entry, now).map(holder -> firstUseNoted(holder, now));
    }

    private Optional<KeyHolder> lookUp(List<KeyDigest> candidates, @Nullable Known old, Instant now) {
        KeyDigest present = candidates.getFirst();
        long editsBefore = edits.get();
        try {
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
        } catch (StoreUnavailable away) {
            if (old != null && old.isYoungerThan(KEPT, now)) {
                return Optional.of(old.holder());
            }
            throw away;
        }
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

    /** A key whose days count from its first use learns of it; if the database is away, a later use will be the first. */
    private KeyHolder firstUseNoted(KeyHolder holder, Instant now) {
        ApiKey key = holder.key();
        KeyExpiry expiry = key.expiry();
        if (expiry.daysFromFirstUse() == null || expiry.firstUsed() != null || !key.active()) {
            return holder;
        }
        try {
            keys.used(key.id(), now);
        } catch (StoreUnavailable away) {
            LOG.warn("the first use of key {} is not noted yet", key.id().value(), away);
        }
        return holder;
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
