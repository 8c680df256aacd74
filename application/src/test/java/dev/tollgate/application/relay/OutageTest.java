package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutageTest {
    private static final UserId ANN = new UserId(1);
    private static final CallLimits UNLIMITED = new CallLimits(List.of(), List.of(), List.of());
    private static final PayerTerms POSTPAID =
            new PayerTerms(new Payer.Metered(), SpendMode.STRICT, Money.ZERO, Money.ZERO, List.of(), null);
    private static final PayerTerms CREDIT =
            new PayerTerms(new Payer.OfCredit(ANN), SpendMode.STRICT, Money.ZERO, Money.ZERO, List.of(), null);

    private final SteppedClock clock = new SteppedClock();
    private final AtomicBoolean isDatabaseUp = new AtomicBoolean(true);
    private final Outage outage = new Outage(() -> nanos(100), isDatabaseUp::get, clock);

    @Test
    void a_moment_without_an_answer_is_no_outage() {
        outage.missed();
        clock.advance(Duration.ofMillis(900));
        outage.missed();
        assertThat(outage.isAway()).isFalse();

        outage.answered();
        clock.advance(Duration.ofSeconds(5));
        assertThat(outage.isAway()).isFalse();
    }

    @Test
    void a_store_that_never_answered_for_a_second_is_away_until_it_is_not_missed_for_two() {
        outage.missed();
        clock.advance(Duration.ofSeconds(1));
        outage.missed();
        assertThat(outage.isAway()).isTrue();
        assertThat(outage.state().since()).isEqualTo(SteppedClock.NOON);

        clock.advance(Duration.ofMillis(1_900));
        outage.answered();
        assertThat(outage.isAway()).isTrue();
        clock.advance(Duration.ofMillis(100));
        outage.answered();
        assertThat(outage.isAway()).isFalse();
        assertThat(outage.state().since()).isNull();
    }

    @Test
    void what_is_taken_stays_taken_while_the_store_comes_and_goes() {
        outage.missed();
        RequestId id = Calls.id();
        assertThat(letIn(id, POSTPAID, 60)).isEqualTo(POSTPAID);
        assertThat(letIn(Calls.id(), POSTPAID, 60)).isNull();
        outage.ended(id, nanos(50));
        for (int blink = 0; blink < 5; blink++) {
            clock.advance(Duration.ofSeconds(1));
            outage.answered();
            outage.missed();
        }

        assertThat(letIn(Calls.id(), POSTPAID, 51)).isNull();
        assertThat(letIn(Calls.id(), POSTPAID, 50)).isNotNull();
        clock.advance(Duration.ofSeconds(2));
        outage.answered();
        assertThat(outage.state().taken()).isEqualTo(nanos(50));
    }

    @Test
    void a_call_that_ended_unknown_counts_as_the_most_it_could_be() {
        outage.missed();
        RequestId id = Calls.id();
        assertThat(letIn(id, POSTPAID, 60)).isNotNull();
        outage.ended(id, null);
        outage.ended(id, null);
        assertThat(outage.state())
                .extracting(Outage.State::taken, Outage.State::running)
                .containsExactly(nanos(60), 0);
    }

    @Test
    void nobody_is_let_in_whose_limit_cannot_be_seen() {
        outage.missed();
        CostLimit limit = new CostLimit(new Subject(SubjectKind.KEY, 9), Window.TOTAL, nanos(1_000), 1);
        CallLimits limited = new CallLimits(List.of(limit), List.of(), List.of());

        assertThat(letIn(Calls.id(), CREDIT, 1)).isNull();
        assertThat(outage.letIn(Calls.id(), List.of(POSTPAID), limited, nanos(1)))
                .isNull();
        assertThat(outage.letIn(Calls.id(), List.of(CREDIT, POSTPAID), UNLIMITED, nanos(1)))
                .isEqualTo(POSTPAID);
        isDatabaseUp.set(false);
        assertThat(letIn(Calls.id(), POSTPAID, 1)).isNull();
    }

    @Test
    void the_node_is_not_ready_once_it_can_let_nobody_in() {
        LiveStoreReadiness readiness = new LiveStoreReadiness(outage);
        outage.missed();
        clock.advance(Duration.ofSeconds(1));
        assertThat(readiness.obstacle()).isEmpty();

        isDatabaseUp.set(false);
        assertThat(readiness.obstacle()).isPresent();
        isDatabaseUp.set(true);
        assertThat(letIn(Calls.id(), POSTPAID, 100)).isNotNull();
        assertThat(readiness.obstacle()).isPresent();
    }

    private @Nullable PayerTerms letIn(RequestId id, PayerTerms payer, long most) {
        return outage.letIn(id, List.of(payer), UNLIMITED, nanos(most));
    }

    private static Money nanos(long nanos) {
        return Money.ofNanos(nanos);
    }
}
