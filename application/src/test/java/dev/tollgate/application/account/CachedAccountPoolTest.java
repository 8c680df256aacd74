package dev.tollgate.application.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.InMemoryVault;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CachedAccountPoolTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final AccountId ID = new AccountId(1);
    private static final Fault FAULT = new Fault(Fault.Kind.RATE_LIMITED, 429, null, "slow down");
    private static final Health LIMITED = new Health(Health.Status.RATE_LIMITED, NOW.plusSeconds(60));

    private final InMemoryChanges changes = new InMemoryChanges();
    private final InMemoryAccounts stored = new InMemoryAccounts(changes);
    private final Credentials credentials = new Credentials(new InMemoryVault());
    private final CachedAccountPool pool = new CachedAccountPool(stored, credentials, changes, () -> NOW);

    @BeforeEach
    void keepOneAccount() {
        stored.add(new StoredAccount(
                new Account(ID, "main", AccountType.CLAUDE, Placement.ORDINARY, Serving.BY_FAMILY, true, Health.VALID),
                new Access("https://example.test", null, Map.of("x-team", "a")),
                credentials.seal(ID, Map.of("api_key", "sk-secret-0123456789")),
                StoredAccount.Troubles.NONE,
                NOW,
                NOW));
    }

    @Test
    void what_a_call_taught_counts_at_once_and_is_stored_later() {
        pool.failed(ID, FAULT, LIMITED);

        assertThat(health()).isEqualTo(LIMITED);
        assertThat(kept().account().health()).isEqualTo(Health.VALID);

        pool.flush();
        assertThat(kept().account().health()).isEqualTo(LIMITED);
        assertThat(kept().troubles()).isEqualTo(new StoredAccount.Troubles(1, "rate_limited 429: slow down"));
        assertThat(health()).isEqualTo(LIMITED);
    }

    @Test
    void a_restart_finds_the_health_as_it_was() {
        pool.failed(ID, FAULT, LIMITED);
        pool.flush();

        CachedAccountPool restarted = new CachedAccountPool(stored, credentials, changes, () -> NOW);

        assertThat(restarted.accounts().getFirst().health()).isEqualTo(LIMITED);
    }

    @Test
    void failures_in_a_row_start_from_none_after_a_success() {
        pool.failed(ID, FAULT, LIMITED);
        pool.failed(ID, FAULT, LIMITED);
        assertThat(pool.consecutiveFailures(ID)).isEqualTo(2);

        pool.succeeded(ID);

        assertThat(pool.consecutiveFailures(ID)).isZero();
        pool.flush();
        pool.flush();
        assertThat(kept().troubles().errors()).isEqualTo(2);
    }

    @Test
    void a_failure_that_says_nothing_of_the_account_does_not_undo_what_another_node_stored() {
        pool.failed(ID, new Fault(Fault.Kind.SERVER, 500, null, "oops"), Health.VALID);
        changed(account -> account.in(LIMITED));

        pool.flush();

        assertThat(kept().account().health()).isEqualTo(LIMITED);
        assertThat(kept().troubles().errors()).isEqualTo(1);
    }

    @Test
    void an_operators_word_replaces_what_was_learnt() {
        pool.failed(ID, FAULT, LIMITED);

        pool.set(ID, Health.VALID);

        assertThat(health()).isEqualTo(Health.VALID);
        assertThat(pool.consecutiveFailures(ID)).isZero();
        pool.flush();
        assertThat(kept().account().health()).isEqualTo(Health.VALID);
        assertThat(kept().troubles().errors()).isEqualTo(1);
    }

    @Test
    void what_cannot_be_stored_now_is_stored_the_next_time() {
        Failing failing = new Failing();
        CachedAccountPool behindIt = new CachedAccountPool(failing, credentials, changes, () -> NOW);
        behindIt.failed(ID, FAULT, LIMITED);
        failing.away = true;
        behindIt.flush();
        assertThat(behindIt.accounts().getFirst().health()).isEqualTo(LIMITED);

        failing.away = false;
        behindIt.flush();

        assertThat(kept().account().health()).isEqualTo(LIMITED);
    }

    @Test
    void opens_credentials_on_demand_and_again_after_an_edit() {
        assertThat(pool.connection(ID).credentials()).containsEntry("api_key", "sk-secret-0123456789");
        assertThat(pool.connection(ID).extraHeaders()).containsEntry("x-team", "a");
        assertThat(pool.connection(ID)).isSameAs(pool.connection(ID));

        changed(account -> new StoredAccount(
                account.account(),
                account.access(),
                credentials.seal(ID, Map.of("api_key", "sk-other")),
                account.troubles(),
                NOW,
                NOW));

        assertThat(pool.connection(ID).credentials()).containsEntry("api_key", "sk-other");
    }

    @Test
    void an_account_that_was_removed_is_gone() {
        assertThat(pool.accounts()).hasSize(1);
        assertThat(stored.remove(ID)).isTrue();

        assertThat(pool.accounts()).isEmpty();
        assertThatThrownBy(() -> pool.connection(ID)).isInstanceOf(IllegalStateException.class);
        pool.failed(ID, FAULT, LIMITED);
        pool.flush();
        assertThat(pool.accounts()).isEmpty();
    }

    private void changed(UnaryOperator<StoredAccount> change) {
        assertThat(stored.change(ID, change)).isPresent();
    }

    private Health health() {
        return pool.accounts().getFirst().health();
    }

    private StoredAccount kept() {
        return stored.find(ID).orElseThrow();
    }

    /** The same accounts behind a store that can be away. */
    private final class Failing implements Accounts {
        private boolean away;

        @Override
        public List<StoredAccount> all() {
            return reached().all();
        }

        @Override
        public Optional<StoredAccount> find(AccountId id) {
            return reached().find(id);
        }

        @Override
        public void add(StoredAccount account) {
            reached().add(account);
        }

        @Override
        public Optional<StoredAccount> change(AccountId id, UnaryOperator<StoredAccount> change) {
            return reached().change(id, change);
        }

        @Override
        public boolean remove(AccountId id) {
            return reached().remove(id);
        }

        private Accounts reached() {
            if (away) {
                throw new StoreUnavailable("away", null);
            }
            return stored;
        }
    }
}
