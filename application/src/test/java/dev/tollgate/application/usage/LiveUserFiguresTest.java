package dev.tollgate.application.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.entitlement.CreditEntry;
import dev.tollgate.application.entitlement.Examples;
import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.application.entitlement.InMemoryBalances;
import dev.tollgate.application.entitlement.InMemoryCreditLedger;
import dev.tollgate.application.entitlement.InMemoryUserPackages;
import dev.tollgate.application.entitlement.PackageEvent;
import dev.tollgate.application.identity.UserFigures;
import dev.tollgate.application.identity.UserFigures.Figures;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveUserFiguresTest {
    private static final Instant NOW = Examples.START.plusSeconds(60);

    private final InMemoryUserPackages packages = new InMemoryUserPackages();
    private final InMemoryCreditLedger ledger = new InMemoryCreditLedger();
    private final InMemoryBalances balances = new InMemoryBalances();
    private final InMemoryUsageLedger recorded = new InMemoryUsageLedger();

    @Test
    void balances_are_limits_less_what_is_used_whatever_is_held() {
        UserPackage quota = give(Examples.held(1, Calls.USER, Examples.quota(1)));
        UserPackage daily = give(Examples.held(2, Calls.USER, Examples.subscription(2)));
        Window today = daily.terms().calendar().window(WindowKind.DAY, NOW);
        balances.spend(quota.id(), Window.TOTAL.key(), spent(300, 50));
        balances.spend(daily.id(), today.key(), spent(7, 1));
        assertThat(ledger.book(new CreditEntry(
                                1, Calls.USER, CreditEntry.Kind.GRANT, Money.ofNanos(90), null, null, null, null, NOW))
                        .repeated())
                .isFalse();
        balances.spendCredit(Calls.USER, spent(40, 20));
        recorded.record(0, List.of(Calls.settled(Calls.ticket(Calls.id(), Money.ZERO), 12)), null);

        assertThat(of(NOW))
                .isEqualTo(new Figures(
                        Examples.DOLLAR.minus(Money.ofNanos(300)),
                        Examples.DOLLAR.minus(Money.ofNanos(7)),
                        Money.ofNanos(50),
                        Money.ofNanos(20),
                        Money.ofNanos(12),
                        1));
    }

    @Test
    void yesterdays_use_is_not_todays() {
        UserPackage daily = give(Examples.held(2, Calls.USER, Examples.subscription(2)));
        Window today = daily.terms().calendar().window(WindowKind.DAY, NOW);
        balances.spend(daily.id(), today.key(), spent(7, 0));

        assertThat(of(NOW.plus(Duration.ofDays(1))).subscriptionDailyBalance()).isEqualTo(Examples.DOLLAR);
    }

    @Test
    void where_nothing_limits_there_is_no_balance_to_tell() {
        assertThat(of(NOW)).isEqualTo(Figures.NONE);
    }

    @Test
    void a_package_that_is_over_or_has_not_begun_gives_nothing() {
        give(Examples.held(2, Calls.USER, Examples.subscription(2)));

        assertThat(of(Examples.START.minusMillis(1)).subscriptionDailyBalance()).isNull();
        assertThat(of(Examples.START.plus(Duration.ofDays(30))).subscriptionDailyBalance())
                .isNull();
    }

    private UserPackage give(HeldPackage held) {
        PackageEvent event = new PackageEvent(PackageEvent.Kind.ASSIGNED, null, null, NOW);
        assertThat(packages.add(held, event)).isTrue();
        return held.held();
    }

    private Figures of(Instant now) {
        UserFigures figures = new LiveUserFigures(
                packages,
                ledger,
                balances,
                InMemoryLiveTotals.none(new InMemoryUsage(recorded::records), InstantSource.fixed(now)),
                InstantSource.fixed(now));
        return figures.of(List.of(Calls.USER, new UserId(99))).get(Calls.USER);
    }

    private static Spent spent(long used, long held) {
        return new Spent(Money.ofNanos(used), Money.ofNanos(held));
    }
}
