package dev.tollgate.application.account;

import dev.tollgate.application.identity.Leases;
import dev.tollgate.application.identity.Vault;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps on this node how long to wait for each account; a lease keeps the nodes from asking about one together. */
public final class RecoverAccountsService implements RecoverAccounts {
    private static final Duration ROUND_MAX = Duration.ofMinutes(1);

    /** Never given back, so that nobody else asks within a first pause either. */
    private static final Duration LEASE = PAUSE_FIRST.minus(Leases.SKEW_MAX.multipliedBy(2));

    private final AccountPool pool;
    private final ManageAccounts accounts;
    private final Probes probes;
    private final RenewToken tokens;
    private final Leases leases;
    private final InstantSource clock;
    private final Map<AccountId, Wait> waits = new HashMap<>();

    public RecoverAccountsService(
            AccountPool pool,
            ManageAccounts accounts,
            Probes probes,
            RenewToken tokens,
            Leases leases,
            InstantSource clock) {
        this.pool = pool;
        this.accounts = accounts;
        this.probes = probes;
        this.tokens = tokens;
        this.leases = leases;
        this.clock = clock;
    }

    /** @param connection what was asked with; other credentials begin anew */
    private record Wait(Connection connection, Duration pause, Instant until) {
        static Wait first(Connection connection, Instant now) {
            return new Wait(connection, PAUSE_FIRST, now.plus(PAUSE_FIRST));
        }

        Wait longer(Instant now) {
            Duration doubled = pause.multipliedBy(2);
            Duration next = doubled.compareTo(PAUSE_MAX) < 0 ? doubled : PAUSE_MAX;
            return new Wait(connection, next, now.plus(next));
        }
    }

    @Override
    public synchronized int recover() {
        Instant start = clock.instant();
        int recovered = 0;
        for (Account account : pool.accounts()) {
            boolean isLate = !clock.instant().isBefore(start.plus(ROUND_MAX));
            if (isShut(account) && !isLate) {
                recovered += isRecovered(account) ? 1 : 0;
            }
        }
        forget(start);
        return recovered;
    }

    private static boolean isShut(Account account) {
        Health.Status status = account.health().status();
        return account.enabled() && (status == Health.Status.INVALID || status == Health.Status.TOKEN_EXPIRED);
    }

    private boolean isRecovered(Account account) {
        Connection connection = connection(account);
        if (connection == null || !isDue(account.id(), connection)) {
            return false;
        }
        if (leases.take("probe:" + account.id().value(), LEASE).isEmpty()) {
            return false;
        }
        boolean isLetIn = isLetIn(account, connection);
        waits.computeIfPresent(account.id(), (id, wait) -> wait.longer(clock.instant()));
        return isLetIn && accounts.recover(account.id()).isPresent();
    }

    /** Null if its credentials cannot be opened: only other ones help. */
    private @Nullable Connection connection(Account account) {
        try {
            return pool.connection(account.id());
        } catch (Vault.CannotOpen lost) {
            return null;
        }
    }

    /** A refusal is not doubted at once, but new credentials are tried at once. */
    private boolean isDue(AccountId id, Connection connection) {
        Instant now = clock.instant();
        Wait wait = waits.get(id);
        if (wait == null) {
            waits.put(id, Wait.first(connection, now));
            return false;
        }
        boolean isNew = !wait.connection().equals(connection);
        if (isNew) {
            waits.put(id, Wait.first(connection, now));
        }
        return isNew || !now.isBefore(wait.until());
    }

    private boolean isLetIn(Account account, Connection connection) {
        if (account.type() != AccountType.CLAUDE_OAUTH) {
            return probes.isLetIn(account.type(), connection);
        }
        var unused = tokens.renew(account.id());
        Connection renewed = pool.connection(account.id());
        waits.computeIfPresent(account.id(), (id, wait) -> new Wait(renewed, wait.pause(), wait.until()));
        return probes.isLetIn(account.type(), renewed);
    }

    /** A provider may let in to its list who is refused all else: only a long peace makes a pause short again. */
    private void forget(Instant now) {
        waits.values().removeIf(wait -> now.isAfter(wait.until().plus(PAUSE_MAX)));
    }
}
