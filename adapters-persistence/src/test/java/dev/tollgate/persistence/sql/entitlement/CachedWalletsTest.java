package dev.tollgate.persistence.sql.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.entitlement.CreditEntry;
import dev.tollgate.application.entitlement.CreditLedger;
import dev.tollgate.application.entitlement.Examples;
import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.application.entitlement.PackageEvent;
import dev.tollgate.application.entitlement.UserPackages;
import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CachedWalletsTest {
    private static final TestDatabase DATABASE = TestDatabase.start();
    private static final UserId ANN = new UserId(11);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void an_assignment_and_its_end_are_seen_by_the_next_call() {
        Wallets wallets = DATABASE.bean(Wallets.class);
        UserPackages userPackages = DATABASE.bean(UserPackages.class);
        HeldPackage held = Examples.held(1, ANN, Examples.quota(5));
        assertThat(wallets.packages(ANN)).isEmpty();

        assertThat(userPackages.add(held, event(PackageEvent.Kind.ASSIGNED))).isTrue();
        assertThat(wallets.packages(ANN)).containsExactly(held.held());

        assertThat(userPackages.remove(held.held().id(), event(PackageEvent.Kind.ENDED)))
                .isPresent();
        assertThat(wallets.packages(ANN)).isEmpty();
    }

    @Test
    void a_grant_of_credit_is_seen_by_the_next_call_with_a_higher_version() {
        Wallets wallets = DATABASE.bean(Wallets.class);
        assertThat(wallets.credit(ANN)).isEqualTo(Wallets.Credit.NONE);

        CreditEntry grant = new CreditEntry(
                1, ANN, CreditEntry.Kind.GRANT, Examples.DOLLAR, null, null, null, null, Examples.START);
        Wallets.Credit sum = DATABASE.bean(CreditLedger.class).book(grant).sum();

        assertThat(sum.granted()).isEqualTo(Money.ofNanos(1_000_000_000));
        assertThat(sum.version()).isPositive();
        assertThat(wallets.credit(ANN)).isEqualTo(sum);
    }

    private static PackageEvent event(PackageEvent.Kind kind) {
        return new PackageEvent(kind, null, null, Examples.START);
    }
}
