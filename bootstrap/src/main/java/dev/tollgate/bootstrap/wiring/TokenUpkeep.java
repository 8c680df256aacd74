package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.account.FreshTokens;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;

/** Renews OAuth accounts' tokens ahead of their end; which node does it is settled by a lease. */
@Singleton
class TokenUpkeep {
    private final FreshTokens tokens;

    TokenUpkeep(FreshTokens tokens) {
        this.tokens = tokens;
    }

    @Scheduled(fixedDelay = "60s", initialDelay = "5s")
    @ExecuteOn(TaskExecutors.BLOCKING)
    void renew() {
        tokens.renewSoonEnding();
    }
}
