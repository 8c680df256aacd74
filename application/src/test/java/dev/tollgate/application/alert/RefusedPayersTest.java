package dev.tollgate.application.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.entitlement.CreditEntry;
import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.application.entitlement.InMemoryBalances;
import dev.tollgate.application.entitlement.InMemoryCreditLedger;
import dev.tollgate.application.entitlement.InMemoryUserPackages;
import dev.tollgate.application.entitlement.PackageEvent;
import dev.tollgate.application.identity.Examples;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.InMemoryUsers;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.PackageTerms;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusedPayersTest {
    private static final UserPackageId PACKAGE = new UserPackageId(Calls.PACKAGE.id());
    private static final Subject CREDIT = new Subject(SubjectKind.CREDIT, Calls.USER.value());

    private final Raised raised = new Raised();
    private final InMemoryUserPackages packages = new InMemoryUserPackages();
    private final InMemoryCreditLedger ledger = new InMemoryCreditLedger();
    private final InMemoryBalances balances = new InMemoryBalances();
    private final InMemoryUsers users = new InMemoryUsers(new InMemoryChanges());
    private final RefusedPayers refused = new RefusedPayers(
            packages,
            ledger,
            new InMemorySpendingLooks(7),
            balances,
            new SpendingNews(users, balances),
            raised.alerts,
            raised.clock);

    @BeforeEach
    void addUser() {
        users.add(Examples.named(Calls.USER.value(), "ann", Role.USER));
    }

    @Test
    void a_package_with_too_little_left_for_a_call_is_told_of_as_used_up_once() {
        daily(100);
        balances.spend(PACKAGE, Calls.DAY.key(), new Spent(nanos(93), nanos(2)));

        refuse(Calls.PACKAGE, Calls.DAY);
        assertThat(raised.news())
                .singleElement()
                .asString()
                .startsWith("package.threshold")
                .contains("\"percent\":100", "\"used\":\"0.000000093\"", "\"remaining\":\"0.000000005\"");
        refuse(Calls.PACKAGE, Calls.DAY);
        assertThat(raised.news()).isEmpty();
        assertThat(refused.raise()).isZero();
    }

    @Test
    void a_call_that_costs_more_than_what_is_left_of_plenty_tells_nothing() {
        daily(100);
        balances.spend(PACKAGE, Calls.DAY.key(), new Spent(nanos(79), nanos(0)));

        refuse(Calls.PACKAGE, Calls.DAY);

        assertThat(raised.news()).isEmpty();
    }

    @Test
    void credit_is_told_of_once_a_booking_and_who_never_had_any_is_not() {
        refuse(CREDIT, Window.TOTAL);
        assertThat(raised.news()).isEmpty();

        grant(100);
        balances.spendCredit(Calls.USER, new Spent(nanos(90), nanos(0)));
        refuse(CREDIT, Window.TOTAL);
        assertThat(raised.news()).singleElement().asString().contains("credit.threshold", "\"percent\":100");
        refuse(CREDIT, Window.TOTAL);
        assertThat(raised.news()).isEmpty();
    }

    @Test
    void a_removed_package_is_not_told_of() {
        refuse(Calls.PACKAGE, Calls.DAY);

        assertThat(raised.news()).isEmpty();
    }

    @Test
    void more_than_can_wait_is_let_go() {
        grant(100);
        balances.spendCredit(Calls.USER, new Spent(nanos(90), nanos(0)));
        for (int other = 0; other < RefusedPayers.WAITING_MAX; other++) {
            UserId user = new UserId(1_000 + other);
            refused.refused(user, new Subject(SubjectKind.CREDIT, user.value()), Window.TOTAL.key());
        }

        refuse(CREDIT, Window.TOTAL);
        assertThat(raised.news()).isEmpty();
        refuse(CREDIT, Window.TOTAL);
        assertThat(raised.news()).hasSize(1);
    }

    private void refuse(Subject subject, Window window) {
        refused.refused(Calls.USER, subject, window.key());
        int unused = refused.raise();
    }

    private void daily(long nanos) {
        PackageTerms terms = PackageTerms.subscription(ZoneOffset.UTC, Map.of(WindowKind.DAY, nanos(nanos)));
        Instant start = SteppedClock.NOON.minus(Duration.ofDays(3));
        UserPackage held =
                new UserPackage(PACKAGE, Calls.USER, new PackageId(1), terms, start, null, true, 0, 1, Map.of());
        packages.add(
                new HeldPackage(held, "Daily", null), new PackageEvent(PackageEvent.Kind.ASSIGNED, null, null, start));
    }

    private void grant(long nanos) {
        ledger.book(new CreditEntry(
                raised.ids.next(),
                Calls.USER,
                CreditEntry.Kind.GRANT,
                nanos(nanos),
                null,
                "grant",
                null,
                null,
                raised.clock.instant()));
    }

    private static Money nanos(long nanos) {
        return Money.ofNanos(nanos);
    }
}
