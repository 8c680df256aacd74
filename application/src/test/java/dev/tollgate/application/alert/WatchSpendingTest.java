package dev.tollgate.application.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.entitlement.PackageEvent;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.domain.relay.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchSpendingTest {
    private static final Instant DAY_END = Instant.parse("2026-11-22T00:00:00Z");

    private final Raised raised = new Raised();
    private final InMemorySpendingLooks looks = new InMemorySpendingLooks(7);
    private final Spender ann = new Spender(raised);
    private final WatchSpending watch =
            new WatchSpendingService(looks, ann.packages, ann.ledger, ann.news(), raised.alerts, raised.clock);

    @Test
    void a_package_is_told_of_at_eighty_and_at_a_hundred_percent_once_a_window() {
        ann.daily(10);
        ann.balances.spend(Spender.PACKAGE, Calls.DAY.key(), new Spent(nanos(8), nanos(1)));

        spend(7);
        assertThat(raised.news()).isEmpty();
        spend(1);
        assertThat(raised.news())
                .containsExactly("package.threshold {\"user_id\":7,\"username\":\"ann\",\"user_package_id\":15,"
                        + "\"package\":\"Daily\",\"window\":\"day\",\"percent\":80,\"limit\":\"0.00000001\","
                        + "\"used\":\"0.000000008\",\"held\":\"0.000000001\",\"remaining\":\"0.000000001\","
                        + "\"resets_at\":\"2026-11-22T00:00:00Z\"}");
        spend(1);
        assertThat(raised.news()).isEmpty();
        spend(1);
        assertThat(raised.news()).singleElement().asString().contains("\"percent\":100");
        spend(5);
        assertThat(raised.news()).isEmpty();
    }

    @Test
    void both_are_told_when_one_call_crosses_both() {
        ann.daily(10);

        spend(30);

        assertThat(raised.news())
                .hasSize(2)
                .anyMatch(news -> news.contains(":80,"))
                .anyMatch(news -> news.contains(":100,"));
    }

    @Test
    void a_batch_that_is_looked_at_again_tells_nothing_again() {
        ann.daily(10);
        looks.record(List.of(call(9, packageWindows())));
        SpendingLooks.Look look = looks.next(10).getFirst();
        assertThat(watch.look()).isOne();

        WatchSpending other = new WatchSpendingService(
                new SeenNever(look), ann.packages, ann.ledger, ann.news(), raised.alerts, raised.clock);

        assertThat(other.look()).isZero();
    }

    @Test
    void what_could_not_be_told_is_told_the_next_time() {
        ann.daily(10);
        looks.record(List.of(call(9, packageWindows())));
        Ids failing = () -> {
            throw new StoreUnavailable("away for the test", null);
        };
        RaiseAlerts cannot = new RaiseAlertsService(raised.outbox, raised.logged::add, failing, raised.clock);
        WatchSpending first =
                new WatchSpendingService(looks, ann.packages, ann.ledger, ann.news(), cannot, raised.clock);

        assertThatThrownBy(first::look).isInstanceOf(StoreUnavailable.class);
        assertThat(raised.news()).isEmpty();

        assertThat(watch.look()).isOne();
    }

    @Test
    void usage_recorded_late_is_told_of_the_window_it_belongs_to() {
        ann.daily(10);
        raised.clock.advance(Duration.between(SteppedClock.NOON, DAY_END).plusMinutes(5));

        spend(9);
        assertThat(raised.news()).singleElement().asString().contains("2026-11-22T00:00:00Z");

        raised.clock.advance(Duration.ofHours(2));
        spend(9);
        assertThat(raised.news()).isEmpty();
    }

    @Test
    void a_removed_package_is_not_told_of() {
        ann.daily(10);
        ann.packages.remove(Spender.PACKAGE, new PackageEvent(PackageEvent.Kind.ENDED, null, null, SteppedClock.NOON));

        spend(20);

        assertThat(raised.news()).isEmpty();
    }

    @Test
    void credit_is_told_of_by_what_there_was_after_the_last_booking() {
        ann.book(100);
        useCredit(79);
        assertThat(raised.news()).isEmpty();
        useCredit(1);
        assertThat(raised.news())
                .containsExactly("credit.threshold {\"user_id\":7,\"username\":\"ann\",\"percent\":80,"
                        + "\"limit\":\"0.0000001\",\"used\":\"0.00000008\",\"held\":\"0\","
                        + "\"remaining\":\"0.00000002\",\"resets_at\":null}");

        ann.book(80);
        useCredit(79);
        assertThat(raised.news()).isEmpty();
        useCredit(1);
        assertThat(raised.news())
                .singleElement()
                .asString()
                .contains("\"percent\":80", "\"limit\":\"0.0000001\"", "\"used\":\"0.00000008\"");
        useCredit(20);
        assertThat(raised.news()).singleElement().asString().contains("\"percent\":100", "\"remaining\":\"0\"");
    }

    @Test
    void credit_that_is_taken_back_begins_anew_too() {
        ann.book(100);
        useCredit(50);
        ann.book(-45);
        useCredit(4);

        assertThat(raised.news())
                .singleElement()
                .asString()
                .contains("\"percent\":80", "\"limit\":\"0.000000005\"", "\"used\":\"0.000000004\"");
    }

    @Test
    void everything_that_is_recorded_is_looked_at_however_much_it_is() {
        ann.daily(10);
        for (int batch = 0; batch < 250; batch++) {
            looks.record(List.of(call(0, packageWindows())));
        }
        looks.record(List.of(call(8, packageWindows())));

        assertThat(watch.look()).isOne();
        assertThat(looks.next(10)).isEmpty();
    }

    private void spend(long nanos) {
        looks.record(List.of(call(nanos, packageWindows())));
        int unused = watch.look();
    }

    private void useCredit(long nanos) {
        Subject credit = new Subject(SubjectKind.CREDIT, Calls.USER.value());
        looks.record(List.of(call(nanos, new SubjectWindows(credit, List.of(Window.TOTAL.key())))));
        int unused = watch.look();
    }

    private static SubjectWindows packageWindows() {
        return Calls.packageWindows();
    }

    private static Settlement call(long nanos, SubjectWindows windows) {
        Ticket ticket = Calls.ticket(Calls.id(), nanos(70));
        return Calls.settled(
                new Ticket(ticket.id(), ticket.caller(), ticket.asked(), ticket.hold(), List.of(windows)), nanos);
    }

    private static Money nanos(long nanos) {
        return Money.ofNanos(nanos);
    }

    /** Stands for a node that looks at what another one has seen. */
    private static final class SeenNever implements SpendingLooks {
        private final InMemorySpendingLooks empty = new InMemorySpendingLooks(7);
        private final List<Look> left;
        private boolean isOver;

        SeenNever(Look look) {
            left = List.of(look);
        }

        @Override
        public List<Look> next(int batchesMax) {
            return isOver ? List.of() : left;
        }

        @Override
        public Map<dev.tollgate.domain.identity.UserId, CreditLook> credits(
                java.util.Collection<dev.tollgate.domain.identity.UserId> asked) {
            return empty.credits(asked);
        }

        @Override
        public void seen(Look look, java.util.Collection<CreditLook> credits) {
            isOver = true;
        }
    }
}
