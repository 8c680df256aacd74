package dev.tollgate.web.admin.account;

import dev.tollgate.application.account.AccountFigures;
import dev.tollgate.application.account.AccountFigures.Figures;
import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.account.ManageAccounts;
import dev.tollgate.application.account.StoredAccount;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Health;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts together what is shown of accounts: how they are kept, how they fare on this node and what they served. */
@Singleton
final class AccountViews {
    private final ManageAccounts accounts;
    private final AccountPool pool;
    private final AccountFigures figures;
    private final LiveStore liveStore;
    private final InstantSource clock;

    AccountViews(
            ManageAccounts accounts,
            AccountPool pool,
            AccountFigures figures,
            LiveStore liveStore,
            InstantSource clock) {
        this.accounts = accounts;
        this.pool = pool;
        this.figures = figures;
        this.liveStore = liveStore;
        this.clock = clock;
    }

    AccountView of(StoredAccount stored) {
        return of(List.of(stored)).getFirst();
    }

    List<AccountView> of(List<StoredAccount> shown) {
        Map<AccountId, Figures> served =
                figures.of(shown.stream().map(stored -> stored.account().id()).toList());
        Map<AccountId, Integer> inFlight = liveStore.inFlight();
        Map<AccountId, Health> health =
                pool.accounts().stream().collect(Collectors.toMap(Account::id, Account::health));
        Instant now = clock.instant();
        return shown.stream()
                .map(stored -> {
                    AccountId id = stored.account().id();
                    return AccountView.of(
                            stored,
                            accounts.masked(stored),
                            health.getOrDefault(id, stored.account().health()).at(now),
                            served.getOrDefault(id, Figures.NONE),
                            pool.consecutiveFailures(id),
                            inFlight.getOrDefault(id, 0));
                })
                .toList();
    }
}
