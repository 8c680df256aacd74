package dev.tollgate.application.alert;

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
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

/** Ann, whose calls {@link Calls} are, with what she pays by. */
final class Spender {
    static final UserPackageId PACKAGE = new UserPackageId(Calls.PACKAGE.id());

    final InMemoryUserPackages packages = new InMemoryUserPackages();
    final InMemoryCreditLedger ledger = new InMemoryCreditLedger();
    final InMemoryBalances balances = new InMemoryBalances();
    final InMemoryUsers users = new InMemoryUsers(new InMemoryChanges());
    private final Raised raised;

    Spender(Raised raised) {
        this.raised = raised;
        users.add(Examples.named(Calls.USER.value(), "ann", Role.USER));
    }

    SpendingNews news() {
        return new SpendingNews(users, balances);
    }

    /** Holds a package of so much a day from now on. */
    void daily(long nanos) {
        PackageTerms terms = PackageTerms.subscription(ZoneOffset.UTC, Map.of(WindowKind.DAY, Money.ofNanos(nanos)));
        Instant start = SteppedClock.NOON.minus(Duration.ofDays(3));
        UserPackage held =
                new UserPackage(PACKAGE, Calls.USER, new PackageId(1), terms, start, null, true, 0, 1, Map.of());
        packages.add(
                new HeldPackage(held, "Daily", null), new PackageEvent(PackageEvent.Kind.ASSIGNED, null, null, start));
    }

    /** Is granted credit, or loses a negative amount. */
    void book(long nanos) {
        ledger.book(new CreditEntry(
                raised.ids.next(),
                Calls.USER,
                nanos < 0 ? CreditEntry.Kind.DEDUCTION : CreditEntry.Kind.GRANT,
                Money.ofNanos(nanos),
                null,
                UUID.randomUUID().toString(),
                null,
                null,
                raised.clock.instant()));
    }
}
