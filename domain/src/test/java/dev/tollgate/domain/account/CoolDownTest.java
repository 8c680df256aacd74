package dev.tollgate.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CoolDownTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Account ACCOUNT = account(AccountType.CLAUDE, Health.VALID);

    @Test
    void a_rate_limit_holds_until_the_instant_the_upstream_named() {
        Instant retryAt = NOW.plusSeconds(17);

        Health health = CoolDown.after(ACCOUNT, rateLimit(retryAt), 1, NOW);

        assertThat(health).isEqualTo(new Health(Health.Status.RATE_LIMITED, retryAt));
    }

    @Test
    void a_rate_limit_without_an_instant_rises_from_one_minute_to_five() {
        assertThat(rateLimitedFor(null, 1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(rateLimitedFor(null, 2)).isEqualTo(Duration.ofMinutes(2));
        assertThat(rateLimitedFor(null, 3)).isEqualTo(Duration.ofMinutes(4));
        assertThat(rateLimitedFor(null, 4)).isEqualTo(Duration.ofMinutes(5));
        assertThat(rateLimitedFor(null, Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void an_instant_in_the_past_or_now_is_ignored() {
        assertThat(rateLimitedFor(NOW, 1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(rateLimitedFor(NOW.minusSeconds(5), 1)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void nobody_sends_an_account_away_for_more_than_a_week() {
        assertThat(rateLimitedFor(NOW.plus(Duration.ofDays(7)), 1)).isEqualTo(Duration.ofDays(7));
        assertThat(rateLimitedFor(NOW.plus(Duration.ofDays(7)).plusNanos(1), 1)).isEqualTo(Duration.ofDays(7));
        assertThat(rateLimitedFor(Instant.MAX, 1)).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void an_overloaded_provider_makes_the_account_the_last_choice_and_never_parks_it() {
        Fault fault = new Fault(Fault.Kind.OVERLOADED, 529, NOW.plus(Duration.ofHours(3)), "overloaded");

        Health health = CoolDown.after(ACCOUNT, fault, 50, NOW);

        assertThat(health).isEqualTo(new Health(Health.Status.OVERLOADED, NOW.plusSeconds(60)));
        assertThat(health.isOpen(NOW)).isTrue();
    }

    @Test
    void refused_credentials_stay_invalid_until_somebody_mends_them() {
        Health health = CoolDown.after(ACCOUNT, fault(Fault.Kind.CREDENTIALS, 401), 1, NOW);

        assertThat(health).isEqualTo(new Health(Health.Status.INVALID, null));
    }

    @Test
    void a_refused_oauth_token_has_expired() {
        Account oauth = account(AccountType.CLAUDE_OAUTH, Health.VALID);

        assertThat(CoolDown.after(oauth, fault(Fault.Kind.CREDENTIALS, 401), 1, NOW)
                        .status())
                .isEqualTo(Health.Status.TOKEN_EXPIRED);
        assertThat(CoolDown.after(oauth, fault(Fault.Kind.CREDENTIALS, 403), 1, NOW)
                        .status())
                .isEqualTo(Health.Status.INVALID);
        assertThat(CoolDown.after(oauth, fault(Fault.Kind.CREDENTIALS, null), 1, NOW)
                        .status())
                .isEqualTo(Health.Status.INVALID);
    }

    @Test
    void an_empty_balance_suspends_for_half_an_hour_rising_to_half_a_day() {
        assertThat(suspendedFor(1)).isEqualTo(Duration.ofMinutes(30));
        assertThat(suspendedFor(2)).isEqualTo(Duration.ofHours(1));
        assertThat(suspendedFor(6)).isEqualTo(Duration.ofHours(12));
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "UNKNOWN", "TIMEOUT", "SERVER", "BROKEN"})
    void only_repeated_failures_of_the_provider_make_an_account_the_last_choice(Fault.Kind kind) {
        int few = CoolDown.FAILURES_BEFORE_LAST_CHOICE - 1;

        assertThat(CoolDown.after(ACCOUNT, fault(kind, 500), few, NOW)).isEqualTo(Health.VALID);
        assertThat(CoolDown.after(ACCOUNT, fault(kind, 500), few + 1, NOW))
                .isEqualTo(new Health(Health.Status.OVERLOADED, NOW.plusSeconds(30)));
    }

    @Test
    void a_refused_request_says_nothing_about_the_account() {
        assertThat(CoolDown.after(ACCOUNT, fault(Fault.Kind.REQUEST, 400), 9, NOW))
                .isEqualTo(Health.VALID);
    }

    @Test
    void a_later_failure_neither_softens_nor_shortens_what_still_holds() {
        Health limited = new Health(Health.Status.RATE_LIMITED, NOW.plusSeconds(600));
        Account account = account(AccountType.CLAUDE, limited);

        assertThat(CoolDown.after(account, rateLimit(NOW.plusSeconds(5)), 1, NOW))
                .isEqualTo(limited);
        assertThat(CoolDown.after(account, fault(Fault.Kind.OVERLOADED, 529), 1, NOW))
                .isEqualTo(limited);
        assertThat(CoolDown.after(account, fault(Fault.Kind.REQUEST, 400), 1, NOW))
                .isEqualTo(limited);
    }

    @Test
    void a_later_failure_lengthens_and_hardens_what_holds() {
        Account account = account(AccountType.CLAUDE, new Health(Health.Status.RATE_LIMITED, NOW.plusSeconds(10)));

        assertThat(CoolDown.after(account, rateLimit(NOW.plusSeconds(20)), 1, NOW)
                        .until())
                .isEqualTo(NOW.plusSeconds(20));
        assertThat(CoolDown.after(account, fault(Fault.Kind.CREDENTIALS, 401), 1, NOW)
                        .status())
                .isEqualTo(Health.Status.INVALID);
    }

    @Test
    void what_has_passed_no_longer_counts() {
        Account account = account(AccountType.CLAUDE, new Health(Health.Status.SUSPENDED, NOW));

        assertThat(CoolDown.after(account, fault(Fault.Kind.SERVER, 500), 1, NOW))
                .isEqualTo(Health.VALID);
    }

    private static Duration rateLimitedFor(@Nullable Instant retryAt, int failuresInARow) {
        return Duration.between(
                NOW,
                CoolDown.after(ACCOUNT, rateLimit(retryAt), failuresInARow, NOW).until());
    }

    private static Duration suspendedFor(int failuresInARow) {
        Health health = CoolDown.after(ACCOUNT, fault(Fault.Kind.BALANCE, 429), failuresInARow, NOW);
        assertThat(health.status()).isEqualTo(Health.Status.SUSPENDED);
        return Duration.between(NOW, health.until());
    }

    private static Fault rateLimit(@Nullable Instant retryAt) {
        return new Fault(Fault.Kind.RATE_LIMITED, 429, retryAt, "slow down");
    }

    private static Fault fault(Fault.Kind kind, @Nullable Integer status) {
        return new Fault(kind, status, null, "no");
    }

    private static Account account(AccountType type, Health health) {
        return new Account(new AccountId(1), "main", type, Placement.ORDINARY, Serving.BY_FAMILY, true, health);
    }
}
