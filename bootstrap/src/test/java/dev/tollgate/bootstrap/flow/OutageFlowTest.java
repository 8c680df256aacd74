package dev.tollgate.bootstrap.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.RelayOutcome;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls while the live store is away: who is served, for how much, and that calls in flight end as ever. */
class OutageFlowTest {
    private static final Money DOLLAR = Money.ofDollars("1");

    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Relay prepaid = new Relay(DOLLAR, failing);
    private final Relay postpaid = new Relay(Money.ZERO, failing, BillingMode.POSTPAID);

    @BeforeEach
    void one_account() {
        List.of(prepaid, postpaid)
                .forEach(relay ->
                        relay.accounts.add(0, request -> RelayFlowTest.stream(StreamEnd.Reason.TERMINAL, "[DONE]")));
    }

    @Test
    void prepaid_credit_waits_until_the_store_is_back() {
        failing.add(FailingLiveStore.WHOLE);

        CallError refusal = refusal(prepaid);
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.retryAfter()).isPositive();
        assertThat(prepaid.accounts.asked()).isEmpty();

        failing.clear();
        assertThat(prepaid.call(prepaid.client(), Relay.MODEL, 50L)).isInstanceOf(RelayOutcome.Streamed.class);
    }

    @Test
    void a_postpaid_user_is_served_and_the_journal_has_the_result() {
        failing.add(FailingLiveStore.WHOLE);
        RecordedClient client = postpaid.client();

        assertThat(postpaid.call(client, Relay.MODEL, 50L)).isInstanceOf(RelayOutcome.Streamed.class);
        assertThat(client.events()).endsWith("finish [DONE] settled=1");
        assertThat(postpaid.journal.settlements())
                .singleElement()
                .satisfies(settlement ->
                        assertThat(settlement.charge().total().nanos()).isPositive())
                .extracting(Settlement::flags)
                .isEqualTo(Set.of("live_store_away"));
        assertThat(postpaid.journaledOnly()).isOne();
    }

    @Test
    void what_is_spent_unseen_never_exceeds_the_allowance_and_is_counted_anew_after_the_outage() {
        failing.add(FailingLiveStore.WHOLE);
        int served = 0;
        while (postpaid.call(postpaid.client(), Relay.MODEL, 50L) instanceof RelayOutcome.Streamed) {
            served++;
        }

        Money spent = postpaid.observed.stream()
                .map(settlement -> settlement.charge().total())
                .reduce(Money.ZERO, Money::plus);
        assertThat(served).isGreaterThan(3);
        assertThat(spent).isLessThanOrEqualTo(Relay.ALLOWANCE);
        assertThat(refusal(postpaid).status()).isEqualTo(503);

        failing.clear();
        postpaid.clock.advance(Duration.ofSeconds(10));
        assertThat(postpaid.call(postpaid.client(), Relay.MODEL, 50L)).isInstanceOf(RelayOutcome.Streamed.class);
        assertThat(postpaid.outage.state().since()).isNull();
        assertThat(postpaid.outage.state().taken()).isEqualTo(Money.ZERO);
    }

    @Test
    void a_call_without_a_bound_of_its_own_is_given_one_that_keeps_the_promise() {
        failing.add(FailingLiveStore.WHOLE);

        var unused = postpaid.call(postpaid.client(), Relay.MODEL, null);
        assertThat(postpaid.accounts.asked())
                .singleElement()
                .satisfies(request -> assertThat(request.outputBound()).isEqualTo(4_096));
    }

    @Test
    void calls_in_flight_end_as_ever_and_are_flagged() {
        prepaid.accounts.preparing(ready -> {
            boolean unused = failing.add(FailingLiveStore.WHOLE);
            prepaid.outage.missed();
            prepaid.clock.advance(Duration.ofSeconds(1));
            return ready;
        });
        RecordedClient client = prepaid.client();

        assertThat(prepaid.call(client, Relay.MODEL, 50L)).isInstanceOf(RelayOutcome.Streamed.class);
        assertThat(client.events()).endsWith("finish [DONE] settled=1");
        assertThat(prepaid.journal.settlements())
                .singleElement()
                .satisfies(settlement -> assertThat(settlement.status()).isEqualTo(CallStatus.COMPLETED))
                .extracting(Settlement::flags)
                .isEqualTo(Set.of("live_store_away"));
    }

    private static CallError refusal(Relay relay) {
        return ((RelayOutcome.Refused) relay.call(relay.client(), Relay.MODEL, 50L)).error();
    }
}
