package dev.tollgate.application.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.entitlement.ManageCredits.Grant;
import dev.tollgate.application.entitlement.ManageCredits.Granted;
import dev.tollgate.application.entitlement.ManageCredits.Statement;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManageCreditsServiceTest {
    private static final UserId ANN = new UserId(11);
    private static final RequestId CALL = RequestId.at(Examples.START, 1, 2);

    private final AtomicLong ids = new AtomicLong();
    private final InMemoryBalances balances = new InMemoryBalances();
    private final ManageCredits credits = new ManageCreditsService(
            new InMemoryCreditLedger(),
            balances,
            ANN::equals,
            (user, call) -> call.equals(CALL) ? Optional.of(Money.ofNanos(7)) : Optional.empty(),
            ids::incrementAndGet,
            InstantSource.fixed(Examples.START));

    @Test
    void the_balance_is_what_was_granted_less_what_calls_used() {
        assertDone(grant(100, null));
        balances.spendCredit(ANN, new Spent(Money.ofNanos(30), Money.ofNanos(20)));

        Statement statement = credits.statement(ANN, null, 9).orElseThrow();

        assertThat(statement.balance()).isEqualTo(Money.ofNanos(70));
        assertThat(statement.held()).isEqualTo(Money.ofNanos(20));
        assertThat(statement.entries()).extracting(CreditEntry::amount).containsExactly(Money.ofNanos(100));
    }

    @Test
    void the_same_reference_counts_once_whichever_way_it_went() {
        assertDone(grant(100, "in"));
        assertDone(grant(-40, "out"));

        assertThat(grant(100, "in"))
                .isInstanceOfSatisfying(
                        Granted.Done.class, done -> assertThat(done.repeated()).isTrue());
        assertThat(grant(-40, "out"))
                .isInstanceOfSatisfying(
                        Granted.Done.class, done -> assertThat(done.repeated()).isTrue());

        assertThat(credits.statement(ANN, null, 9).orElseThrow().balance()).isEqualTo(Money.ofNanos(60));
    }

    @Test
    void a_call_is_refunded_up_to_its_charge() {
        assertThat(refund(CALL, 5)).isInstanceOfSatisfying(Granted.Done.class, done -> {
            assertThat(done.entry().kind()).isEqualTo(CreditEntry.Kind.REFUND);
            assertThat(done.entry().call()).isEqualTo(CALL);
        });
        assertThat(refund(CALL, 3)).isEqualTo(new Granted.MoreThanCharged(Money.ofNanos(7)));
        assertThat(refund(RequestId.at(Examples.START, 1, 3), 1)).isInstanceOf(Granted.NoSuchCall.class);

        assertThat(credits.statement(ANN, null, 9).orElseThrow().balance()).isEqualTo(Money.ofNanos(5));
    }

    private Granted refund(RequestId call, long nanos) {
        return credits.grant(new Grant(ANN, Money.ofNanos(nanos), "it was slow", null, call, new UserId(1)));
    }

    @Test
    void what_is_spent_or_held_cannot_be_taken_back() {
        assertDone(grant(100, null));
        balances.spendCredit(ANN, new Spent(Money.ofNanos(30), Money.ofNanos(20)));

        assertThat(grant(-51, null)).isInstanceOf(Granted.NotThere.class);
        assertDone(grant(-50, null));
    }

    @Test
    void nothing_is_taken_back_while_holds_cannot_be_asked() {
        assertDone(grant(100, null));
        balances.goAway();

        assertThat(grant(-1, null)).isInstanceOf(Granted.StoreAway.class);
        assertThat(credits.statement(ANN, null, 9).orElseThrow().entries()).hasSize(1);
    }

    @Test
    void a_sum_beyond_the_range_of_balances_is_refused() {
        assertDone(grant(Money.LIMIT_MAX.nanos(), null));

        assertThat(grant(1, null)).isInstanceOf(Granted.TooMuch.class);
    }

    @Test
    void a_user_who_does_not_exist_has_no_ledger() {
        UserId nobody = new UserId(12);

        assertThat(credits.grant(new Grant(nobody, Money.ofNanos(1), null, null, null, null)))
                .isInstanceOf(Granted.NoSuchUser.class);
        assertThat(credits.statement(nobody, null, 9)).isEmpty();
    }

    private Granted grant(long nanos, @Nullable String reference) {
        return credits.grant(new Grant(ANN, Money.ofNanos(nanos), "because", reference, null, new UserId(1)));
    }

    private static void assertDone(Granted granted) {
        assertThat(granted)
                .isInstanceOfSatisfying(
                        Granted.Done.class, done -> assertThat(done.repeated()).isFalse());
    }
}
