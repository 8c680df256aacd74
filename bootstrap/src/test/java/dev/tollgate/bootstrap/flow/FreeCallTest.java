package dev.tollgate.bootstrap.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.RelayOutcome;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.money.Money;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls that cost nothing: routed as any other, held and recorded as none. */
class FreeCallTest {
    private final Relay relay = new Relay(Money.ZERO);

    @Test
    void needs_no_payer_and_leaves_no_record() {
        relay.accounts.add(0, request -> answered());

        RelayOutcome outcome = relay.free("count_tokens", Relay.MODEL);

        assertThat(outcome).isInstanceOfSatisfying(RelayOutcome.Answered.class, answer -> {
            assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo("{\"input_tokens\":7}");
            assertThat(answer.charged()).isNull();
            assertThat(answer.notes()).containsExactly(new Header("x-tollgate-attempts", "1"));
        });
        assertThat(relay.observed).isEmpty();
        assertThat(relay.journal.settledCount()).isZero();
        assertThat(relay.liveStore.openHolds()).isZero();
        assertThat(relay.liveStore.inFlight()).isEmpty();
    }

    @Test
    void goes_on_to_another_account_and_lets_the_first_cool_down() {
        AccountId first = relay.accounts.add(0, request -> failed(Fault.Kind.RATE_LIMITED, 429));
        relay.accounts.add(1, request -> answered());

        RelayOutcome outcome = relay.free("count_tokens", Relay.MODEL);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        RelayOutcome.Answered.class,
                        answer -> assertThat(answer.notes()).containsExactly(new Header("x-tollgate-attempts", "2")));
        assertThat(relay.accounts.health(first).status()).isEqualTo(Health.Status.RATE_LIMITED);
        assertThat(relay.liveStore.inFlight()).isEmpty();
    }

    @Test
    void passes_a_refusal_on_and_tells_a_failure() {
        AccountId refusing = relay.accounts.add(0, request -> failed(Fault.Kind.REQUEST, 400));
        assertThat(relay.free("count_tokens", Relay.MODEL))
                .isInstanceOfSatisfying(
                        RelayOutcome.Answered.class,
                        answer -> assertThat(answer.head().status()).isEqualTo(400));

        relay.accounts.disable(refusing);
        relay.accounts.add(0, request -> failed(Fault.Kind.SERVER, 500));
        assertThat(relay.free("count_tokens", Relay.MODEL))
                .isInstanceOfSatisfying(
                        RelayOutcome.Refused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo(CallError.Code.UPSTREAM_ERROR));
        assertThat(relay.liveStore.inFlight()).isEmpty();
    }

    @Test
    void asks_for_a_known_model_unless_it_moderates() {
        relay.accounts.add(0, request -> answered());

        assertThat(relay.free("count_tokens", "nobody-knows"))
                .isInstanceOfSatisfying(
                        RelayOutcome.Refused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo(CallError.Code.MODEL_NOT_FOUND));
        assertThat(relay.free("moderations", "omni-moderation-latest")).isInstanceOf(RelayOutcome.Answered.class);
    }

    @Test
    void is_told_when_no_account_can_answer() {
        assertThat(relay.free("moderations", "omni-moderation-latest"))
                .isInstanceOfSatisfying(
                        RelayOutcome.Refused.class,
                        refused -> assertThat(refused.error().status()).isEqualTo(503));
    }

    @Test
    void is_one_of_its_minutes_requests() {
        relay.keyLimits = new KeyLimits(2, 0, 0, 1, Money.ZERO, Money.ZERO, Money.ZERO);
        relay.accounts.add(0, request -> answered());
        for (int call = 0; call < 2; call++) {
            assertThat(relay.free("count_tokens", Relay.MODEL)).isInstanceOf(RelayOutcome.Answered.class);
        }

        assertThat(relay.free("count_tokens", Relay.MODEL))
                .isInstanceOfSatisfying(
                        RelayOutcome.Refused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo(CallError.Code.RATE_LIMIT_EXCEEDED));
        relay.clock.advance(Duration.ofMinutes(1));
        assertThat(relay.free("count_tokens", Relay.MODEL)).isInstanceOf(RelayOutcome.Answered.class);
    }

    @Test
    void is_one_of_the_calls_at_once() {
        relay.keyLimits = new KeyLimits(0, 0, 1, 0, Money.ZERO, Money.ZERO, Money.ZERO);
        List<RelayOutcome> meanwhile = new ArrayList<>();
        relay.accounts.add(0, request -> {
            if (meanwhile.isEmpty()) {
                meanwhile.add(relay.free("count_tokens", Relay.MODEL));
            }
            return answered();
        });

        assertThat(relay.free("count_tokens", Relay.MODEL)).isInstanceOf(RelayOutcome.Answered.class);
        assertThat(meanwhile).singleElement().isInstanceOf(RelayOutcome.Refused.class);
        assertThat(relay.liveStore.openHolds()).isZero();
        assertThat(relay.free("count_tokens", Relay.MODEL)).isInstanceOf(RelayOutcome.Answered.class);
    }

    @Test
    void takes_none_of_the_days_requests_from_a_call_that_is_paid_for_while_it_runs() {
        Relay paying = new Relay(Money.ofDollars("1"));
        paying.keyLimits = new KeyLimits(0, 0, 2, 1, Money.ZERO, Money.ZERO, Money.ZERO);
        List<RelayOutcome> meanwhile = new ArrayList<>();
        paying.accounts.add(0, request -> {
            if (meanwhile.isEmpty()) {
                meanwhile.add(new RelayOutcome.Streamed());
                meanwhile.add(paying.call(paying.client(), Relay.MODEL, 50L));
            }
            return answered();
        });

        assertThat(paying.free("count_tokens", Relay.MODEL)).isInstanceOf(RelayOutcome.Answered.class);
        assertThat(meanwhile).hasSize(2).last().isInstanceOf(RelayOutcome.Answered.class);
        assertThat(paying.liveStore.openHolds()).isZero();
    }

    private static Answer answered() {
        byte[] body = "{\"input_tokens\":7}".getBytes(StandardCharsets.UTF_8);
        return new Answer.Whole(new AnswerHead(200, List.of()), body, Metered.NOTHING);
    }

    private static Answer failed(Fault.Kind kind, int status) {
        Fault fault = new Fault(kind, status, null, "words");
        return new Answer.Failed(fault, new AnswerHead(status, List.of()), new byte[0]);
    }
}
