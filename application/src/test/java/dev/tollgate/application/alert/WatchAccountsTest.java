package dev.tollgate.application.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.account.Access;
import dev.tollgate.application.account.CachedAccountPool;
import dev.tollgate.application.account.Credentials;
import dev.tollgate.application.account.InMemoryAccounts;
import dev.tollgate.application.account.StoredAccount;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.InMemoryVault;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Health.Status;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WatchAccountsTest {
    private static final AccountId ID = new AccountId(3);
    private static final Instant NOON = SteppedClock.NOON;

    private final Raised raised = new Raised();
    private final InMemoryChanges changes = new InMemoryChanges();
    private final InMemoryAccounts accounts = new InMemoryAccounts(changes);
    private final WatchAccounts watch = new WatchAccountsService(
            new CachedAccountPool(accounts, new Credentials(new InMemoryVault()), changes, raised.clock),
            () -> Duration.ofMinutes(15),
            raised.alerts,
            raised.clock);

    @BeforeEach
    void addAccount() {
        accounts.add(new StoredAccount(
                account(Health.VALID, true), Access.ORDINARY, Map.of(), StoredAccount.Troubles.NONE, NOON, NOON));
    }

    @ParameterizedTest
    @EnumSource(names = {"SUSPENDED", "INVALID", "TOKEN_EXPIRED"})
    void an_account_that_goes_down_and_comes_back_is_told_of_once_each(Status status) {
        assertThat(watch.look()).isZero();
        becomes(status, null);
        assertThat(watch.look()).isOne();
        assertThat(watch.look()).isZero();
        assertThat(raised.news())
                .containsExactly("account.down {\"account_id\":3,\"name\":\"main\",\"type\":\"claude\",\"status\":\""
                        + status.name().toLowerCase(java.util.Locale.ROOT) + "\",\"status_until\":null}");

        becomes(Status.VALID, null);
        assertThat(watch.look()).isOne();
        assertThat(watch.look()).isZero();
        assertThat(raised.news()).singleElement().asString().startsWith("account.recovered");

        becomes(status, null);
        assertThat(watch.look()).isOne();
    }

    @Test
    void only_a_long_rate_limit_is_down_and_one_that_passes_recovers() {
        becomes(Status.RATE_LIMITED, NOON.plus(Duration.ofMinutes(5)));
        assertThat(watch.look()).isZero();
        becomes(Status.RATE_LIMITED, NOON.plus(Duration.ofMinutes(15)));
        assertThat(watch.look()).isOne();

        raised.clock.advance(Duration.ofMinutes(14));
        assertThat(watch.look()).isZero();
        raised.clock.advance(Duration.ofMinutes(1));
        assertThat(watch.look()).isOne();
        assertThat(raised.news()).element(1).asString().startsWith("account.recovered");
    }

    @Test
    void an_overloaded_account_is_not_down() {
        becomes(Status.OVERLOADED, NOON.plus(Duration.ofHours(9)));

        assertThat(watch.look()).isZero();
    }

    @Test
    void an_account_that_is_disabled_while_it_is_down_is_forgotten() {
        becomes(Status.INVALID, null);
        assertThat(watch.look()).isOne();
        accounts.change(ID, stored -> with(stored, account(stored.account().health(), false)));
        assertThat(watch.look()).isZero();
        assertThat(raised.outbox.conditions()).isEmpty();

        accounts.change(ID, stored -> with(stored, account(stored.account().health(), true)));
        assertThat(watch.look()).isOne();
        assertThat(raised.news()).allMatch(news -> news.startsWith("account.down"));
    }

    private void becomes(Status status, @Nullable Instant until) {
        accounts.change(ID, stored -> stored.in(new Health(status, until)));
    }

    private static StoredAccount with(StoredAccount stored, Account account) {
        return new StoredAccount(account, stored.access(), Map.of(), stored.troubles(), NOON, NOON);
    }

    private static Account account(Health health, boolean enabled) {
        return new Account(ID, "main", AccountType.CLAUDE, Placement.ORDINARY, Serving.BY_FAMILY, enabled, health);
    }
}
