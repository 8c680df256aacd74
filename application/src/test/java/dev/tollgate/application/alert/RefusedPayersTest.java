package dev.tollgate.application.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.usage.Calls;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import org.junit.jupiter.api.Test;

class RefusedPayersTest {
    private static final Subject CREDIT = new Subject(SubjectKind.CREDIT, Calls.USER.value());

    private final Raised raised = new Raised();
    private final Spender ann = new Spender(raised);
    private final RefusedPayers refused = new RefusedPayers(
            ann.packages,
            ann.ledger,
            new InMemorySpendingLooks(7),
            ann.balances,
            ann.news(),
            raised.alerts,
            raised.clock);

    @Test
    void a_package_with_too_little_left_for_a_call_is_told_of_as_used_up_once() {
        ann.daily(100);
        ann.balances.spend(Spender.PACKAGE, Calls.DAY.key(), new Spent(nanos(93), nanos(2)));

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
        ann.daily(100);
        ann.balances.spend(Spender.PACKAGE, Calls.DAY.key(), new Spent(nanos(79), nanos(0)));

        refuse(Calls.PACKAGE, Calls.DAY);

        assertThat(raised.news()).isEmpty();
    }

    @Test
    void credit_is_told_of_once_a_booking_and_who_never_had_any_is_not() {
        refuse(CREDIT, Window.TOTAL);
        assertThat(raised.news()).isEmpty();

        ann.book(100);
        ann.balances.spendCredit(Calls.USER, new Spent(nanos(90), nanos(0)));
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
        ann.book(100);
        ann.balances.spendCredit(Calls.USER, new Spent(nanos(90), nanos(0)));
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

    private static Money nanos(long nanos) {
        return Money.ofNanos(nanos);
    }
}
