package dev.tollgate.domain.entitlement;

import static dev.tollgate.domain.entitlement.Grants.dollars;
import static dev.tollgate.domain.entitlement.Grants.quota;
import static dev.tollgate.domain.entitlement.Grants.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.domain.money.Money;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserPackageTest {
    private static final Instant START = Instant.parse("2026-01-05T15:00:00Z");
    private static final Instant END = Instant.parse("2026-02-04T15:00:00Z");
    private static final Instant NOON = Instant.parse("2026-01-06T12:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-01-07T00:00:00Z");

    @Test
    void is_as_spent_one_nanosecond_before_its_day_ends_as_it_was_all_day() {
        UserPackage spent = subscription(START, END).charge(dollars("10"), keys(NOON));
        assertThat(day(spent, MIDNIGHT.minusNanos(1)).remaining()).isEqualTo(Money.ZERO);
        assertThat(spent.at(MIDNIGHT.minusNanos(1)).status()).isEqualTo(PackageStatus.EXHAUSTED);
    }

    @Test
    void is_unspent_when_its_next_day_begins_while_week_and_month_go_on() {
        UserPackage spent = subscription(START, END).charge(dollars("10"), keys(NOON));
        Standing standing = spent.at(MIDNIGHT);
        assertThat(standing.status()).isEqualTo(PackageStatus.ACTIVE);
        assertThat(day(spent, MIDNIGHT).remaining()).isEqualTo(dollars("10"));
        assertThat(standing.of(WindowKind.WEEK).orElseThrow().remaining()).isEqualTo(dollars("50"));
        assertThat(standing.of(WindowKind.MONTH).orElseThrow().remaining()).isEqualTo(dollars("290"));
    }

    @Test
    void reads_the_same_after_many_days_unread() {
        UserPackage spent = subscription(START, END).charge(dollars("3"), keys(NOON));
        Instant weeksLater = Instant.parse("2026-01-29T08:00:00Z");
        assertThat(day(spent, weeksLater).spent()).isEqualTo(Spent.NOTHING);
        assertThat(spent.at(weeksLater)
                        .of(WindowKind.MONTH)
                        .orElseThrow()
                        .spent()
                        .used())
                .isEqualTo(dollars("3"));
    }

    @Test
    void holds_lessen_what_remains_and_not_the_balance_shown() {
        UserPackage held = subscription(START, END).hold(dollars("4"), keys(NOON));
        assertThat(day(held, NOON).remaining()).isEqualTo(dollars("6"));
        assertThat(day(held, NOON).balance()).isEqualTo(dollars("10"));
        assertThat(held.at(NOON).status()).isEqualTo(PackageStatus.ACTIVE);
        assertThat(held.free(dollars("4"), keys(NOON)).at(NOON))
                .isEqualTo(subscription(START, END).at(NOON));
    }

    @Test
    void frees_only_what_it_holds() {
        UserPackage held = subscription(START, END).hold(dollars("4"), keys(NOON));
        assertThatThrownBy(() -> held.free(dollars("4.000000001"), keys(NOON)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void may_be_overdrawn_by_a_call_that_cost_more_than_it_held() {
        UserPackage overdrawn = subscription(START, END).charge(dollars("10.5"), keys(NOON));
        assertThat(day(overdrawn, NOON).remaining()).isEqualTo(dollars("-0.5"));
        assertThat(overdrawn.at(NOON).carries(Money.ZERO)).isFalse();
    }

    @Test
    void carries_no_more_than_its_tightest_window() {
        UserPackage spent = subscription(START, END).charge(dollars("55"), keys(NOON));
        Standing nextDay = spent.at(MIDNIGHT);
        assertThat(nextDay.tightest().orElseThrow().window().kind()).isEqualTo(WindowKind.WEEK);
        assertThat(nextDay.carries(dollars("5"))).isTrue();
        assertThat(nextDay.carries(dollars("5.000000001"))).isFalse();
    }

    @Test
    void without_limits_carries_anything() {
        UserPackage unlimited = Grants.unlimited(START);
        assertThat(unlimited.at(NOON).carries(Money.LIMIT_MAX)).isTrue();
        assertThat(unlimited.at(NOON).tightest()).isEmpty();
        assertThat(unlimited.windowsAt(NOON)).hasSize(3);
    }

    @Test
    void counts_a_quota_in_one_window_for_its_whole_life() {
        UserPackage quota = quota(START, END);
        List<Window> windows = quota.windowsAt(NOON);
        assertThat(windows).containsExactly(new Window(WindowKind.TOTAL, Instant.EPOCH, END));
        UserPackage spent = quota.charge(dollars("5"), List.of(windows.get(0).key()));
        assertThat(spent.at(END.minusNanos(1)).status()).isEqualTo(PackageStatus.EXHAUSTED);
    }

    @Test
    void is_expired_at_its_end_and_shows_its_last_windows_ever_after() {
        UserPackage spent = subscription(START, END).charge(dollars("1"), keys(END.minusNanos(1)));
        assertThat(spent.at(END.minusNanos(1)).status()).isEqualTo(PackageStatus.ACTIVE);
        for (Instant later : List.of(END, END.plusSeconds(86_400 * 40L))) {
            assertThat(spent.at(later).status()).isEqualTo(PackageStatus.EXPIRED);
            assertThat(day(spent, later).window().end()).isEqualTo(END);
            assertThat(day(spent, later).spent().used()).isEqualTo(dollars("1"));
        }
    }

    @Test
    void shows_its_first_windows_before_it_starts() {
        assertThat(day(subscription(START, END), Instant.EPOCH).window().contains(START))
                .isTrue();
    }

    @Test
    void says_why_it_cannot_pay() {
        UserPackage held = subscription(START, END);
        assertThat(held.unfit("claude-x", NOON)).isNull();
        assertThat(held.unfit("gpt-x", NOON)).isEqualTo(UserPackage.Unfit.MODEL_NOT_ALLOWED);
        assertThat(held.unfit("claude-x", START.minusNanos(1))).isEqualTo(UserPackage.Unfit.NOT_STARTED);
        assertThat(held.unfit("claude-x", END)).isEqualTo(UserPackage.Unfit.EXPIRED);
        assertThat(Grants.disabled(START).unfit("claude-x", NOON)).isEqualTo(UserPackage.Unfit.DISABLED);
        assertThat(Grants.disabled(START).at(NOON).status()).isEqualTo(PackageStatus.DISABLED);
    }

    @Test
    void expires_after_it_starts() {
        assertThatThrownBy(() -> subscription(START, START)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<WindowKey> keys(Instant now) {
        return Grants.keys(subscription(START, END), now);
    }

    private static WindowStanding day(UserPackage held, Instant now) {
        return held.at(now).of(WindowKind.DAY).orElseThrow();
    }
}
