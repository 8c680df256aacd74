package dev.tollgate.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.entitlement.Balances;
import dev.tollgate.application.entitlement.Balances.TakenBack;
import dev.tollgate.application.entitlement.Examples;
import dev.tollgate.application.entitlement.Wallets.Credit;
import dev.tollgate.application.relay.CostLimit;
import dev.tollgate.application.relay.LiveBalances;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.PayerTerms;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.relay.Reserve;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.InMemoryUsage;
import dev.tollgate.application.usage.InMemoryUsageLedger;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageEdit;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveBalancesTest {
    private static final UserId USER = Calls.USER;
    private static final Subject CREDIT = new Subject(SubjectKind.CREDIT, USER.value());
    private static final Credit BEFORE = new Credit(Money.ofNanos(100), 1);
    private static final Credit AFTER = new Credit(Money.ofNanos(40), 2);

    private final InMemoryUsageLedger ledger = new InMemoryUsageLedger();
    private final LiveStore store = new EmbeddedLiveStore(ledger, new SteppedClock(), 16, 1_000);
    private final Balances balances = new LiveBalances(store, new InMemoryUsage(ledger::records), Calls::id);

    @Test
    void what_is_taken_back_can_be_held_by_nobody_who_still_has_the_old_sum_in_memory() {
        assertThat(balances.takeBack(USER, Money.ofNanos(60), BEFORE, () -> AFTER))
                .isEqualTo(TakenBack.DONE);

        assertThat(hold(41, BEFORE)).isInstanceOf(Reservation.Refused.class);
        assertThat(hold(40, BEFORE)).isInstanceOf(Reservation.Held.class);
    }

    @Test
    void nothing_stays_held_afterwards() {
        assertThat(balances.takeBack(USER, Money.ofNanos(60), BEFORE, () -> AFTER))
                .isEqualTo(TakenBack.DONE);

        assertThat(balances.credit(List.of(USER)).getOrDefault(USER, Spent.NOTHING))
                .isEqualTo(Spent.NOTHING);
        assertThat(store.openHolds()).isZero();
    }

    @Test
    void it_cannot_be_held_while_it_is_being_taken_back() {
        TakenBack taken = balances.takeBack(USER, Money.ofNanos(60), BEFORE, () -> {
            assertThat(hold(41, BEFORE)).isInstanceOf(Reservation.Refused.class);
            return AFTER;
        });

        assertThat(taken).isEqualTo(TakenBack.DONE);
    }

    @Test
    void what_calls_hold_is_not_taken_back() {
        assertThat(hold(50, BEFORE)).isInstanceOf(Reservation.Held.class);

        assertThat(balances.takeBack(USER, Money.ofNanos(51), BEFORE, () -> {
                    throw new AssertionError("nothing may be booked");
                }))
                .isEqualTo(TakenBack.NOT_THERE);
        assertThat(balances.credit(List.of(USER))).isEqualTo(Map.of(USER, new Spent(Money.ZERO, Money.ofNanos(50))));
    }

    @Test
    void a_package_that_ended_is_refused_to_who_still_has_it_in_memory_and_running_calls_keep_their_hold() {
        UserPackage running = Examples.held(15, USER, Examples.quota(7)).held();
        Instant now = Examples.START.plusSeconds(60);
        UserPackageEdit end = new UserPackageEdit(
                null, false, running.priority(), running.terms().limits());
        assertThat(hold(running, 50)).isInstanceOf(Reservation.Held.class);

        UserPackage ended = running.edited(end);
        balances.push(ended, now);

        assertThat(hold(running, 1)).isInstanceOf(Reservation.Refused.class);
        assertThat(balances.spent(List.of(running)).getFirst().spent())
                .containsEntry(Window.TOTAL.key(), new Spent(Money.ZERO, Money.ofNanos(50)));
        assertThat(store.openHolds()).isOne();

        UserPackage again = ended.edited(UserPackageEdit.of(running));
        balances.push(again, now);
        assertThat(hold(running, 1)).isInstanceOf(Reservation.Held.class);
    }

    private Reservation hold(UserPackage held, long nanos) {
        Subject subject = new Subject(SubjectKind.PACKAGE, held.id().value());
        CostLimit limit = new CostLimit(subject, Window.TOTAL, Examples.DOLLAR, held.version());
        return hold(nanos, new Payer.OfPackage(held.id()), limit);
    }

    private Reservation hold(long nanos, Credit credit) {
        CostLimit limit = new CostLimit(CREDIT, Window.TOTAL, credit.granted(), credit.version());
        return hold(nanos, new Payer.OfCredit(USER), limit);
    }

    private Reservation hold(long nanos, Payer by, CostLimit limit) {
        Money amount = Money.ofNanos(nanos);
        PayerTerms payer = new PayerTerms(
                by,
                SpendMode.STRICT,
                amount,
                amount,
                List.of(limit),
                new SubjectWindows(limit.subject(), List.of(Window.TOTAL.key())));
        return store.reserve(new Reserve(
                Calls.id(), USER, Calls.KEY, List.of(payer), List.of(), List.of(), 0, List.of(), List.of()));
    }
}
