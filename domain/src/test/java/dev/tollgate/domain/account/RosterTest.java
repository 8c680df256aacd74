package dev.tollgate.domain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.domain.money.Money;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Health OVERLOADED = new Health(Health.Status.OVERLOADED, NOW.plusSeconds(60));

    private final KnownLoad load = new KnownLoad();

    @Test
    void asks_the_lowest_priority_number_first() {
        assertThat(pick(account(1, 5, 1), account(2, 0, 1), account(3, 9, 1))).isEqualTo(2);
    }

    @Test
    void asks_the_least_loaded_for_its_weight() {
        load.inFlight.putAll(Map.of(1L, 3, 2L, 5));
        assertThat(pick(account(1, 0, 1), account(2, 0, 2))).isEqualTo(2);
        load.inFlight.put(2L, 7);
        assertThat(pick(account(1, 0, 1), account(2, 0, 2))).isEqualTo(1);
    }

    @Test
    void asks_the_one_with_fewest_failures_among_equally_loaded() {
        load.failures.put(1L, 2);
        assertThat(pick(account(1, 0, 1), account(2, 0, 1))).isEqualTo(2);
    }

    @Test
    void breaks_ties_by_id_whatever_the_order_of_the_list() {
        assertThat(pick(account(8, 0, 1), account(3, 0, 1))).isEqualTo(3);
        assertThat(pick(account(3, 0, 1), account(8, 0, 1))).isEqualTo(3);
    }

    @Test
    void keeps_a_conversation_on_its_account_while_that_can_take_it() {
        Account bound = account(9, 5, 1);
        assertThat(pick(9L, account(1, 0, 1), bound)).isEqualTo(9);
        load.inFlight.put(9L, 10);
        assertThat(pick(9L, account(1, 0, 1), bound)).isEqualTo(1);
        load.inFlight.clear();
        assertThat(pick(9L, account(1, 0, 1), with(bound, OVERLOADED))).isEqualTo(1);
        assertThat(pick(77L, account(1, 0, 1), bound)).isEqualTo(1);
    }

    @Test
    void asks_an_overloaded_account_last_but_asks_it() {
        Account overloaded = with(account(1, 0, 1), OVERLOADED);
        assertThat(pick(overloaded, account(2, 9, 1))).isEqualTo(2);
        assertThat(pick(overloaded)).isEqualTo(1);
        assertThat(pick(1L, overloaded)).isEqualTo(1);
    }

    @Test
    void asks_no_account_twice_nor_one_that_cannot_take_the_call() {
        Roster roster = new Roster(List.of(account(1, 0, 1), account(2, 0, 1)));
        assertThat(roster.pick(NOW, load, Set.of(new AccountId(1)), null))
                .map(Account::id)
                .contains(new AccountId(2));
        assertThat(roster.pick(NOW, load, Set.of(new AccountId(1), new AccountId(2)), null))
                .isEmpty();
        load.inFlight.putAll(Map.of(1L, 10, 2L, 9));
        assertThat(roster.pick(NOW, load, Set.of(), null)).map(Account::id).contains(new AccountId(2));
        load.spentUp = 2;
        assertThat(roster.pick(NOW, load, Set.of(), null)).isEmpty();
    }

    @Test
    void passes_over_accounts_that_are_off_or_unwell() {
        Instant until = NOW.plusSeconds(1);
        Account limited = with(account(1, 0, 1), new Health(Health.Status.RATE_LIMITED, until));
        assertThat(new Roster(List.of(limited)).pick(NOW, load, Set.of(), null)).isEmpty();
        assertThat(new Roster(List.of(limited)).pick(until, load, Set.of(), null))
                .contains(limited);
        Account off = new Account(
                new AccountId(1), "a", AccountType.CLAUDE, Placement.ORDINARY, Serving.BY_FAMILY, false, Health.VALID);
        assertThat(new Roster(List.of(off)).pick(NOW, load, Set.of(), null)).isEmpty();
    }

    @Test
    void an_account_without_a_limit_always_has_a_slot() {
        Account unlimited = new Account(
                new AccountId(1), "a", AccountType.CLAUDE, Placement.ORDINARY, Serving.BY_FAMILY, true, Health.VALID);
        load.inFlight.put(1L, Integer.MAX_VALUE);
        assertThat(pick(unlimited)).isEqualTo(1);
    }

    @Test
    void a_placement_has_a_weight_and_limits_that_are_not_negative() {
        assertThatThrownBy(() -> new Placement(0, 0, 0, Money.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Placement(0, 1, -1, Money.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Placement(0, 1, 0, Money.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private long pick(Account... accounts) {
        return pick(null, accounts);
    }

    private long pick(@Nullable Long sticky, Account... accounts) {
        AccountId bound = sticky == null ? null : new AccountId(sticky);
        return new Roster(List.of(accounts))
                .pick(NOW, load, Set.of(), bound)
                .orElseThrow()
                .id()
                .value();
    }

    private static Account account(long id, int priority, int weight) {
        Placement placement = new Placement(priority, weight, 10, Money.ZERO);
        return new Account(
                new AccountId(id), "a" + id, AccountType.CLAUDE, placement, Serving.BY_FAMILY, true, Health.VALID);
    }

    private static Account with(Account account, Health health) {
        return new Account(
                account.id(), account.name(), account.type(), account.placement(), account.serving(), true, health);
    }

    private static final class KnownLoad implements Load {
        private final Map<Long, Integer> inFlight = new HashMap<>();
        private final Map<Long, Integer> failures = new HashMap<>();
        private long spentUp;

        @Override
        public int inFlight(AccountId account) {
            return inFlight.getOrDefault(account.value(), 0);
        }

        @Override
        public int consecutiveFailures(AccountId account) {
            return failures.getOrDefault(account.value(), 0);
        }

        @Override
        public boolean withinBudget(Account account) {
            return account.id().value() != spentUp;
        }
    }
}
