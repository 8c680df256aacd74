package dev.tollgate.application.account;

import dev.tollgate.application.account.TokenEndpoint.Said;
import dev.tollgate.application.identity.Leases;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Renews tokens under a lock of the account on this node and a lease over all nodes, because two refreshes with one
 * refresh token would invalidate one another. What is stored decides: whoever gets both looks first whether the token
 * was renewed meanwhile.
 */
public final class FreshTokensService implements FreshTokens, RenewToken, KeepTokensFresh {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Accounts accounts;
    private final CachedAccountPool pool;
    private final Credentials credentials;
    private final TokenEndpoint endpoint;
    private final Leases leases;
    private final InstantSource clock;
    private final Consumer<Duration> pause;
    private final IssuedTokens issued = new IssuedTokens();
    private final ConcurrentMap<AccountId, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** @param pause lets a thread wait for another node to finish */
    public FreshTokensService(
            Accounts accounts,
            CachedAccountPool pool,
            Credentials credentials,
            TokenEndpoint endpoint,
            Leases leases,
            InstantSource clock,
            Consumer<Duration> pause) {
        this.accounts = accounts;
        this.pool = pool;
        this.credentials = credentials;
        this.endpoint = endpoint;
        this.leases = leases;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public String token(AccountId account) {
        OAuthCredentials known = known(account);
        boolean spent = known.endsBefore(clock.instant());
        return spent ? afterRefusal(account, known.accessToken()).orElse(known.accessToken()) : known.accessToken();
    }

    @Override
    public Optional<String> afterRefusal(AccountId account, String refused) {
        OAuthCredentials known = known(account);
        if (!known.accessToken().equals(refused)) {
            return Optional.of(known.accessToken());
        }
        return switch (renew(account, refused)) {
            case Outcome.Token(String token) -> Optional.of(token);
            case Outcome.None none -> Optional.empty();
        };
    }

    @Override
    public void renewSoonEnding() {
        Instant soon = clock.instant().plus(AHEAD);
        for (Account account : pool.accounts()) {
            boolean isRefused = account.health().status() == Health.Status.TOKEN_EXPIRED;
            if (account.type() == AccountType.CLAUDE_OAUTH && account.enabled() && !isRefused) {
                OAuthCredentials known = known(account.id());
                if (known.refreshToken() != null && known.endsBefore(soon)) {
                    Outcome unused = renew(account.id(), known.accessToken());
                }
            }
        }
        issued.keys().forEach(this::store);
    }

    @Override
    public Optional<Renewal> renew(AccountId id) {
        boolean isRenewable = pool.accounts().stream()
                .anyMatch(account -> account.id().equals(id) && account.type() == AccountType.CLAUDE_OAUTH);
        if (!isRenewable) {
            return Optional.empty();
        }
        return Optional.of(
                switch (renew(id, known(id).accessToken())) {
                    case Outcome.Token token -> new Renewal.Renewed();
                    case Outcome.None(String words) -> new Renewal.Failed(words);
                });
    }

    private sealed interface Outcome {
        record Token(String token) implements Outcome {
            @Override
            public String toString() {
                return "Token";
            }
        }

        record None(String words) implements Outcome {}
    }

    /** The credentials as this node knows them: those just issued, else those of the pool. */
    private OAuthCredentials known(AccountId account) {
        OAuthCredentials pooled = OAuthCredentials.of(pool.connection(account).credentials());
        return issued.after(account, pooled.accessToken()).orElse(pooled);
    }

    private Outcome renew(AccountId account, String stale) {
        ReentrantLock lock = locks.computeIfAbsent(account, same -> new ReentrantLock());
        lock.lock();
        try {
            return renewAlone(account, stale);
        } catch (StoreUnavailable away) {
            return new Outcome.None("the database is away");
        } finally {
            lock.unlock();
        }
    }

    /** One thread of this node is here; other nodes may be. */
    private Outcome renewAlone(AccountId account, String stale) {
        Instant giveUp = clock.instant().plus(ASK_MAX).plus(ASK_MAX);
        store(account);
        do {
            Outcome.@Nullable Token newer = newer(account, stale);
            if (newer != null) {
                return newer;
            }
            Optional<Leases.Lease> lease = leases.take("oauth:" + account.value(), LEASE);
            if (lease.isPresent()) {
                try {
                    newer = newer(account, stale);
                    return newer != null ? newer : ask(account, stale);
                } finally {
                    leases.giveBack(lease.get());
                }
            }
            pause.accept(LOOK_AGAIN);
        } while (clock.instant().isBefore(giveUp));
        return new Outcome.None("another node has been renewing the token for too long");
    }

    private Outcome.@Nullable Token newer(AccountId account, String stale) {
        OAuthCredentials known = known(account);
        if (!known.accessToken().equals(stale)) {
            return new Outcome.Token(known.accessToken());
        }
        OAuthCredentials kept = accounts.find(account)
                .map(found -> OAuthCredentials.of(credentials.open(found)))
                .orElse(known);
        if (kept.accessToken().equals(stale)) {
            return null;
        }
        pool.refresh();
        return new Outcome.Token(kept.accessToken());
    }

    private Outcome ask(AccountId account, String stale) {
        StoredAccount kept = accounts.find(account).orElse(null);
        if (kept == null) {
            return new Outcome.None("the account is gone");
        }
        Map<String, String> fields = credentials.open(kept);
        TokenEndpoint.Ask ask = OAuthCredentials.of(fields).ask(kept.access().proxyUrl());
        if (ask == null) {
            return new Outcome.None("the account has no refresh_token or no token_url");
        }
        return switch (endpoint.refresh(ask)) {
            case Said.Unreachable(String words) -> new Outcome.None(words);
            case Said.Refused(String words) -> {
                pool.learn(account, new Health(Health.Status.TOKEN_EXPIRED, null), "token refresh refused: " + words);
                yield new Outcome.None(words);
            }
            case Said.Issued pair -> {
                issued.keep(account, stale, OAuthCredentials.renewed(fields, pair, clock.instant()));
                store(account);
                yield new Outcome.Token(pair.accessToken());
            }
        };
    }

    /** Stores an issued pair whole; while the database is away it is kept here and tried again. */
    private void store(AccountId account) {
        try {
            issued.pending(account).ifPresent(pair -> {
                boolean unused = accounts.change(account, stored -> pair.on(stored, credentials, clock.instant()))
                        .isPresent();
                pool.refresh();
                issued.stored(account, pair);
            });
        } catch (StoreUnavailable away) {
            pool.learn(account, null, "a renewed token is not stored yet: the database is away");
        }
    }
}
