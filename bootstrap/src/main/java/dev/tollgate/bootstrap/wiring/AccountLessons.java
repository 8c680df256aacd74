package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.account.CachedAccountPool;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/** Stores what calls taught about accounts, twice a second and once more at the end. */
@Singleton
class AccountLessons {
    private final CachedAccountPool pool;

    AccountLessons(CachedAccountPool pool) {
        this.pool = pool;
    }

    @Scheduled(fixedDelay = "500ms")
    @PreDestroy
    void store() {
        pool.flush();
    }
}
