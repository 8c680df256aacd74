package dev.tollgate.persistence.sql.entitlement;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.tollgate.application.entitlement.CreditLedger;
import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.application.entitlement.UserPackages;
import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.Snapshot;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.identity.UserId;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Users' packages and credit, read from SQL once and kept until an edit is announced; read again beside the calls now
 * and then. While the database is away they serve on as long as edits were confirmed in the last 15 minutes.
 */
@Singleton
public final class CachedWallets implements Wallets {
    private static final int USERS_MAX = 100_000;
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final UserPackages userPackages;
    private final CreditLedger ledger;
    private final Changes changes;
    private final InstantSource clock;
    private final AtomicLong edits = new AtomicLong();
    private final ExecutorService aside = Executors.newVirtualThreadPerTaskExecutor();
    private final LoadingCache<UserId, List<UserPackage>> packages;
    private final LoadingCache<UserId, Credit> credits;

    CachedWallets(UserPackages userPackages, CreditLedger ledger, Changes changes, InstantSource clock) {
        this.userPackages = userPackages;
        this.ledger = ledger;
        this.changes = changes;
        this.clock = clock;
        this.packages = cache(user -> held(userPackages.of(Set.of(user)), user));
        this.credits = cache(user -> ledger.sums(Set.of(user)).getOrDefault(user, Credit.NONE));
    }

    private static List<UserPackage> held(Map<UserId, List<HeldPackage>> of, UserId user) {
        return of.getOrDefault(user, List.of()).stream().map(HeldPackage::held).toList();
    }

    private <T> LoadingCache<UserId, T> cache(Function<UserId, T> load) {
        return Caffeine.newBuilder()
                .maximumSize(USERS_MAX)
                .refreshAfterWrite(FRESH)
                .executor(aside)
                .build(new CacheLoader<>() {
                    @Override
                    public T load(UserId user) {
                        return load.apply(user);
                    }

                    @Override
                    public T reload(UserId user, T old) {
                        try {
                            return load.apply(user);
                        } catch (StoreUnavailable away) {
                            return old; // as good as the last word of edits
                        }
                    }
                });
    }

    @PostConstruct
    void start() {
        changes.subscribe(this::forget);
    }

    /** Takes users in before their calls ask, unless something is edited meanwhile. */
    public void take(Set<UserId> users) {
        long editsBefore = edits.get();
        Map<UserId, List<HeldPackage>> of = userPackages.of(users);
        Map<UserId, Credit> sums = ledger.sums(users);
        for (UserId user : users) {
            packages.put(user, held(of, user));
            credits.put(user, sums.getOrDefault(user, Credit.NONE));
        }
        if (edits.get() != editsBefore) {
            packages.invalidateAll();
            credits.invalidateAll();
        }
    }

    @Override
    public List<UserPackage> packages(UserId user) {
        requireConfirmed();
        return packages.get(user);
    }

    @Override
    public Credit credit(UserId user) {
        requireConfirmed();
        return credits.get(user);
    }

    private void requireConfirmed() {
        if (changes.confirmedAt().isBefore(clock.instant().minus(Snapshot.UNCONFIRMED_MAX))) {
            throw new StoreUnavailable("no word of edits for too long", null);
        }
    }

    private void forget(Changes.Change change) {
        edits.incrementAndGet();
        switch (change.kind()) {
            case USER_PACKAGE -> forget(packages, change.id());
            case CREDIT -> forget(credits, change.id());
            case USER, API_KEY, ACCOUNT, ACCOUNT_GROUP, MODEL, MODEL_MAPPING, PACKAGE, SETTING -> {}
        }
    }

    private static void forget(LoadingCache<UserId, ?> cache, long user) {
        if (user == 0) {
            cache.invalidateAll();
        } else {
            cache.invalidate(new UserId(user));
        }
    }
}
