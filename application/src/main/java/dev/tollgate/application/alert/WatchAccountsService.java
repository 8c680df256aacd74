package dev.tollgate.application.alert;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.alert.RaiseAlerts.News;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares the accounts with what was told of them last. Down is an enabled account that is suspended, invalid, without a
 * good token, or rate limited for so long; recovered is one that is open again. What lies between changes nothing, and an
 * account that is disabled or removed while it is down is forgotten without a word.
 */
public final class WatchAccountsService implements WatchAccounts {
    private static final String CONDITION = "account:";
    private static final Duration KEPT = Duration.ofDays(30);

    private final AccountPool pool;
    private final Supplier<Duration> rateLimited;
    private final RaiseAlerts alerts;
    private final InstantSource clock;

    /** @param rateLimited from how long on a rate limit that still lies ahead counts as down */
    public WatchAccountsService(
            AccountPool pool, Supplier<Duration> rateLimited, RaiseAlerts alerts, InstantSource clock) {
        this.pool = pool;
        this.rateLimited = rateLimited;
        this.alerts = alerts;
        this.clock = clock;
    }

    @Override
    public int look() {
        Instant now = clock.instant();
        Set<String> down = alerts.conditions();
        List<Account> accounts =
                pool.accounts().stream().filter(Account::enabled).toList();
        int raised = 0;
        for (Account account : accounts) {
            raised += look(account, down.contains(condition(account)), now) ? 1 : 0;
        }
        Set<String> gone = new HashSet<>(down);
        accounts.forEach(account -> gone.remove(condition(account)));
        gone.stream().filter(condition -> condition.startsWith(CONDITION)).forEach(this::forget);
        return raised;
    }

    private boolean look(Account account, boolean isDown, Instant now) {
        if (!isDown && isDown(account.health().at(now), now)) {
            return alerts.begin(condition(account), news(AlertType.ACCOUNT_DOWN, account, now));
        }
        return isDown
                && account.health().isOpen(now)
                && alerts.end(condition(account), news(AlertType.ACCOUNT_RECOVERED, account, now));
    }

    private boolean isDown(Health health, Instant now) {
        @Nullable Instant until = health.until();
        return switch (health.status()) {
            case SUSPENDED, INVALID, TOKEN_EXPIRED -> true;
            case RATE_LIMITED -> until == null || !until.isBefore(now.plus(rateLimited.get()));
            case VALID, OVERLOADED -> false;
        };
    }

    private void forget(String condition) {
        boolean unused = alerts.end(condition, null);
    }

    private static String condition(Account account) {
        return CONDITION + account.id().value();
    }

    private static News news(AlertType type, Account account, Instant now) {
        Health health = account.health().at(now);
        String data = new AlertFacts()
                .with("account_id", account.id().value())
                .with("name", account.name())
                .with("type", account.type().wireName())
                .with("status", health.status().name().toLowerCase(Locale.ROOT))
                .with("status_until", health.until())
                .json();
        return new News(type, type.wireName() + ":" + account.id().value(), data, now.plus(KEPT));
    }
}
