package dev.tollgate.application.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.account.AccountTally.State;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTallyTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Health LIMITED = new Health(Health.Status.RATE_LIMITED, NOW.plusSeconds(1));

    @Test
    void counts_accounts_by_what_they_are_worth_now() {
        List<Account> accounts = List.of(
                account(1, true, Health.VALID),
                account(2, true, LIMITED),
                account(3, false, LIMITED),
                account(4, false, Health.VALID));

        AccountTally now = AccountTally.of(accounts, NOW);

        assertThat(now.count(State.VALID)).isOne();
        assertThat(now.count(State.RATE_LIMITED)).isOne();
        assertThat(now.count(State.DISABLED)).isEqualTo(2);
        assertThat(now.count(State.INVALID)).isZero();
    }

    @Test
    void counts_a_status_that_has_passed_as_valid() {
        AccountTally later = AccountTally.of(List.of(account(1, true, LIMITED)), NOW.plusSeconds(1));

        assertThat(later.count(State.VALID)).isOne();
        assertThat(later.count(State.RATE_LIMITED)).isZero();
    }

    private static Account account(long id, boolean enabled, Health health) {
        return new Account(
                new AccountId(id), "a", AccountType.CLAUDE, Placement.ORDINARY, Serving.BY_FAMILY, enabled, health);
    }
}
