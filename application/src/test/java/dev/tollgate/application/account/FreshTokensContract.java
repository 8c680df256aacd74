package dev.tollgate.application.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.account.RenewToken.Renewal;
import dev.tollgate.application.account.TokenEndpoint.Said;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.InMemoryVault;
import dev.tollgate.application.identity.Leases;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the renewal of tokens does, whatever the accounts and leases are kept in. */
@SuppressWarnings("this-escape") // what a subclass makes here needs no more than the class itself
public abstract class FreshTokensContract {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final AccountId ID = new AccountId(1);
    private static final int CALLS = 100;

    private Changes changes;
    private Accounts stored;
    private final Credentials credentials = new Credentials(new InMemoryVault());
    private final List<TokenEndpoint.Ask> asked = new CopyOnWriteArrayList<>();
    private volatile Instant now = NOW;
    private Leases leases;
    private volatile Said answer = new Said.Issued("new-access", "new-refresh", Duration.ofHours(8));
    private FreshTokensService tokens;

    /** Where edits are told. */
    protected abstract Changes changes();

    /** A store without accounts. */
    protected abstract Accounts accounts();

    /** Leases of which none is taken. */
    protected abstract Leases leases(InstantSource clock);

    @BeforeEach
    void start() {
        changes = changes();
        stored = accounts();
        leases = leases(() -> now);
        tokens = node();
        keep(NOW.plusSeconds(3600), "old-refresh");
    }

    @Test
    void a_token_that_is_good_is_given_as_it_is() {
        assertThat(tokens.token(ID)).isEqualTo("old-access");
        assertThat(asked).isEmpty();
    }

    @Test
    void a_spent_token_is_renewed_before_it_is_used_and_the_pair_is_stored_whole() {
        now = NOW.plusSeconds(3601);

        assertThat(tokens.token(ID)).isEqualTo("new-access");

        assertThat(asked)
                .containsExactly(
                        new TokenEndpoint.Ask("https://auth.example.test/token", "client", "old-refresh", null));
        assertThat(credentials.open(stored.find(ID).orElseThrow()))
                .containsEntry("access_token", "new-access")
                .containsEntry("refresh_token", "new-refresh")
                .containsEntry("expires_at", now.plus(Duration.ofHours(8)).toString());
    }

    @Test
    void a_token_is_renewed_ahead_of_its_end() {
        now = NOW.plusSeconds(3600).minus(KeepTokensFresh.AHEAD).plusSeconds(1);

        tokens.renewSoonEnding();
        tokens.renewSoonEnding();

        assertThat(asked).hasSize(1);
        assertThat(tokens.token(ID)).isEqualTo("new-access");
    }

    @Test
    void a_refusal_renews_once_however_many_calls_met_it_on_two_nodes() throws Exception {
        FreshTokens other = node();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<String>>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                FreshTokens node = i % 2 == 0 ? tokens : other;
                calls.add(threads.submit(() -> {
                    start.await();
                    return node.afterRefusal(ID, "old-access");
                }));
            }
            start.countDown();
            for (Future<Optional<String>> call : calls) {
                assertThat(call.get()).contains("new-access");
            }
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_refused_refresh_token_marks_the_account_and_gives_nothing() {
        answer = new Said.Refused("invalid_grant");

        assertThat(tokens.afterRefusal(ID, "old-access")).isEmpty();

        assertThat(pool.accounts().getFirst().health().status()).isEqualTo(Health.Status.TOKEN_EXPIRED);
        assertThat(tokens.renew(ID)).contains(new Renewal.Failed("invalid_grant"));
    }

    @Test
    void a_refused_refresh_token_is_not_asked_with_again_by_itself() {
        answer = new Said.Refused("invalid_grant");
        now = NOW.plusSeconds(3601);

        tokens.renewSoonEnding();
        tokens.renewSoonEnding();

        assertThat(asked).hasSize(1);
    }

    @Test
    void an_address_that_cannot_be_reached_leaves_the_account_as_it_is() {
        answer = new Said.Unreachable("connection refused");
        now = NOW.plusSeconds(3601);

        assertThat(tokens.token(ID)).isEqualTo("old-access");
        assertThat(pool.accounts().getFirst().health()).isEqualTo(Health.VALID);
    }

    @Test
    void without_a_refresh_token_there_is_nothing_to_renew() {
        keep(NOW.minusSeconds(1), null);

        assertThat(tokens.token(ID)).isEqualTo("old-access");
        assertThat(tokens.afterRefusal(ID, "old-access")).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void a_renewal_makes_an_expired_account_valid_again() {
        assertThat(stored.change(ID, account -> account.in(new Health(Health.Status.TOKEN_EXPIRED, null))))
                .isPresent();

        assertThat(tokens.renew(ID)).contains(new Renewal.Renewed());

        assertThat(stored.find(ID).orElseThrow().account().health()).isEqualTo(Health.VALID);
    }

    private CachedAccountPool pool;

    private FreshTokensService node() {
        CachedAccountPool nodes = new CachedAccountPool(stored, credentials, changes, () -> now);
        pool = pool == null ? nodes : pool;
        return new FreshTokensService(
                stored,
                nodes,
                credentials,
                ask -> {
                    asked.add(ask);
                    return answer;
                },
                leases,
                () -> now,
                pause -> LockSupport.parkNanos(1_000_000));
    }

    private void keep(Instant expiresAt, String refreshToken) {
        Map<String, String> fields = new java.util.HashMap<>(Map.of(
                "access_token", "old-access",
                "expires_at", expiresAt.toString(),
                "token_url", "https://auth.example.test/token",
                "client_id", "client"));
        if (refreshToken != null) {
            fields.put("refresh_token", refreshToken);
        }
        boolean replaced = stored.remove(ID);
        assertThat(replaced).isEqualTo(refreshToken == null);
        stored.add(new StoredAccount(
                new Account(
                        ID,
                        "main",
                        AccountType.CLAUDE_OAUTH,
                        Placement.ORDINARY,
                        Serving.BY_FAMILY,
                        true,
                        Health.VALID),
                new Access(null, null, Map.of()),
                credentials.seal(ID, fields),
                StoredAccount.Troubles.NONE,
                NOW,
                NOW));
    }
}
