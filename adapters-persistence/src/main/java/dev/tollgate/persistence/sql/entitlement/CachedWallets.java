package dev.tollgate.persistence.sql.entitlement;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.tollgate.application.entitlement.CreditLedger;
import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.application.entitlement.UserPackages;
import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.identity.UserId;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Users' packages and credit, read from SQL once and kept until an edit is announced or they are 15 minutes old. */
@Singleton
final class CachedWallets implements Wallets {
    private static final int USERS_MAX = 100_000;
    private static final Duration AGE_MAX = Duration.ofMinutes(15);

    private final Changes changes;
    private final LoadingCache<UserId, List<UserPackage>> packages;
    private final LoadingCache<UserId, Credit> credits;

    CachedWallets(UserPackages userPackages, CreditLedger ledger, Changes changes) {
        this.changes = changes;
        this.packages = Caffeine.newBuilder()
                .maximumSize(USERS_MAX)
                .expireAfterWrite(AGE_MAX)
                .build(user -> userPackages.of(Set.of(user)).getOrDefault(user, List.of()).stream()
                        .map(HeldPackage::held)
                        .toList());
        this.credits = Caffeine.newBuilder()
                .maximumSize(USERS_MAX)
                .expireAfterWrite(AGE_MAX)
                .build(user -> ledger.sums(Set.of(user)).getOrDefault(user, Credit.NONE));
    }

    @PostConstruct
    void start() {
        changes.subscribe(this::forget);
    }

    @Override
    public List<UserPackage> packages(UserId user) {
        return packages.get(user);
    }

    @Override
    public Credit credit(UserId user) {
        return credits.get(user);
    }

    private void forget(Changes.Change change) {
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
