package dev.tollgate.application.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.ModelPatterns;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of accounts keeps to; each test starts with an empty one. */
public abstract class AccountsContract {
    private static final Instant THEN = Instant.parse("2026-11-21T12:00:00.123456Z");

    /** A store with nothing in it. */
    protected abstract Accounts accounts();

    @Test
    void gives_back_every_field_as_it_was_put() {
        Accounts accounts = accounts();
        StoredAccount full = full(1);

        accounts.add(full);

        assertThat(accounts.find(new AccountId(1))).contains(full);
        assertThat(accounts.find(new AccountId(2))).isEmpty();
    }

    @Test
    void lists_accounts_newest_first() {
        Accounts accounts = accounts();
        accounts.add(plain(1));
        accounts.add(plain(3));
        accounts.add(plain(2));

        assertThat(accounts.all()).containsExactly(plain(3), plain(2), plain(1));
    }

    @Test
    void changes_what_is_stored() {
        Accounts accounts = accounts();
        accounts.add(plain(1));
        Health limited = new Health(Health.Status.RATE_LIMITED, THEN.plusSeconds(60));

        assertThat(accounts.change(
                        new AccountId(1),
                        stored -> stored.in(limited).with(stored.troubles().plus(2, "slow down"))))
                .contains(accounts.find(new AccountId(1)).orElseThrow());

        StoredAccount changed = accounts.find(new AccountId(1)).orElseThrow();
        assertThat(changed.account().health()).isEqualTo(limited);
        assertThat(changed.troubles()).isEqualTo(new StoredAccount.Troubles(2, "slow down"));
        assertThat(accounts.change(new AccountId(9), stored -> stored)).isEmpty();
    }

    @Test
    void a_change_that_throws_changes_nothing() {
        Accounts accounts = accounts();
        accounts.add(plain(1));

        assertThatThrownBy(() -> accounts.change(new AccountId(1), stored -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(accounts.all()).containsExactly(plain(1));
    }

    @Test
    void removes_an_account_once() {
        Accounts accounts = accounts();
        accounts.add(plain(1));

        assertThat(accounts.remove(new AccountId(1))).isTrue();
        assertThat(accounts.remove(new AccountId(1))).isFalse();
        assertThat(accounts.all()).isEmpty();
    }

    private static StoredAccount plain(long id) {
        return new StoredAccount(
                new Account(
                        new AccountId(id),
                        "plain",
                        AccountType.SIMULATED,
                        Placement.ORDINARY,
                        Serving.BY_FAMILY,
                        true,
                        Health.VALID),
                Access.ORDINARY,
                Map.of(),
                StoredAccount.Troubles.NONE,
                THEN,
                THEN);
    }

    private static StoredAccount full(long id) {
        return new StoredAccount(
                new Account(
                        new AccountId(id),
                        "Größe 4 🙂",
                        AccountType.AZURE_OPENAI,
                        new Placement(-5, 3, 10, Money.ofNanos(Long.MAX_VALUE)),
                        new Serving(
                                new ModelPatterns(Set.of("gpt-*", "o3")),
                                Map.of("gpt-5", "my-deployment"),
                                Set.of(new GroupId(7), new GroupId(8))),
                        false,
                        new Health(Health.Status.SUSPENDED, THEN)),
                new Access("https://example.test/v1", "http://proxy:3128", Map.of("x-team", "a, b")),
                Map.of("api_key", "v1.k.sealed", "deployments.gpt-5", "v1.k.other"),
                new StoredAccount.Troubles(12, "insufficient \"balance\""),
                THEN,
                THEN.plusSeconds(1));
    }
}
