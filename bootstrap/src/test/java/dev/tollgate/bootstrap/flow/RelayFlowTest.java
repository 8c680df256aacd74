package dev.tollgate.bootstrap.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.ClientStream;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.RelayOutcome;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.application.relay.StreamEnd.Reason;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.AttemptRecord;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RelayFlowTest {
    static final TokenUsage TEN_OUT = TokenUsage.of(100, 10);
    private static final Money TEN_OUT_COST = Money.ofNanos(100 * 1_000 + 10 * 10_000);

    private final Relay relay = new Relay(Money.ofNanos(1_000_000_000));

    @Test
    void lets_the_end_go_only_after_the_call_is_settled() {
        relay.accounts.add(0, request -> stream(Reason.TERMINAL, "[DONE]"));
        RecordedClient client = relay.client();

        assertThat(relay.call(client, Relay.MODEL, 50L)).isInstanceOf(RelayOutcome.Streamed.class);
        assertThat(client.events()).containsExactly("begin 200", "write hello settled=0", "finish [DONE] settled=1");
        assertThat(onlyRecord().status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(onlyRecord().charge().total()).isEqualTo(TEN_OUT_COST);
        assertThat(relay.liveStore.openHolds()).isZero();
    }

    @Test
    void answers_from_another_account_when_the_first_is_rate_limited() {
        AccountId first = relay.accounts.add(0, request -> failed(Fault.Kind.RATE_LIMITED, 429));
        AccountId second = relay.accounts.add(1, request -> stream(Reason.TERMINAL, "[DONE]"));

        relay.call(relay.client(), Relay.MODEL, 50L);
        assertThat(onlyRecord().attempts()).extracting(AttemptRecord::accountId).containsExactly(first, second);
        assertThat(onlyRecord().attempts()).extracting(AttemptRecord::failure).containsExactly("rate_limited", null);
        assertThat(relay.accounts.health(first).status()).isEqualTo(Health.Status.RATE_LIMITED);
        assertThat(relay.liveStore.inFlight()).isEmpty();
    }

    @Test
    void asks_nobody_else_once_the_caller_has_seen_a_byte() {
        relay.accounts.add(0, request -> stream(Reason.BROKEN, ""));
        relay.accounts.add(1, request -> stream(Reason.TERMINAL, "[DONE]"));
        RecordedClient client = relay.client();

        relay.call(client, Relay.MODEL, 50L);
        assertThat(relay.accounts.asked()).hasSize(1);
        assertThat(client.events()).endsWith("fail UPSTREAM_ERROR settled=1");
        assertThat(onlyRecord().status()).isEqualTo(CallStatus.UPSTREAM_ERROR);
        assertThat(onlyRecord().charge().total()).isEqualTo(TEN_OUT_COST);
    }

    @Test
    void passes_a_refused_request_on_and_charges_nothing() {
        relay.accounts.add(0, request -> failed(Fault.Kind.REQUEST, 400));
        relay.accounts.add(1, request -> stream(Reason.TERMINAL, "[DONE]"));

        RelayOutcome outcome = relay.call(relay.client(), Relay.MODEL, 50L);
        assertThat(outcome).isInstanceOfSatisfying(RelayOutcome.Answered.class, answered -> {
            assertThat(answered.head().status()).isEqualTo(400);
            assertThat(answered.body()).asString(StandardCharsets.UTF_8).isEqualTo("the upstream's words");
        });
        assertThat(onlyRecord().charge().total()).isEqualTo(Money.ZERO);
        assertThat(onlyRecord().httpStatus()).isEqualTo(400);
        assertThat(relay.accounts.asked()).hasSize(1);
    }

    @Test
    void tells_no_caller_that_an_accounts_key_was_refused() {
        AccountId account = relay.accounts.add(0, request -> failed(Fault.Kind.CREDENTIALS, 401));

        assertThat(refusal(relay.call(relay.client(), Relay.MODEL, 50L)).code())
                .isEqualTo(CallError.Code.NO_AVAILABLE_ACCOUNT);
        assertThat(relay.accounts.health(account).status()).isEqualTo(Health.Status.INVALID);
        assertThat(onlyRecord().status()).isEqualTo(CallStatus.UPSTREAM_ERROR);
    }

    @Test
    void lowers_the_output_bound_to_what_is_left() {
        Relay poor = new Relay(Money.ofNanos(1_000 * 1_000 + 500 * 10_000));
        poor.accounts.add(0, request -> stream(Reason.TERMINAL, "[DONE]"));

        poor.call(poor.client(), Relay.MODEL, 4_096L);
        assertThat(poor.accounts.asked().get(0).outputBound()).isEqualTo(500L);
        assertThat(poor.journal.settlements().get(0).ticket().hold().clamped()).isTrue();
    }

    @Test
    void sends_the_cap_where_the_caller_names_no_bound() {
        relay.accounts.add(0, request -> stream(Reason.TERMINAL, "[DONE]"));

        relay.call(relay.client(), Relay.MODEL, null);
        assertThat(relay.accounts.asked().get(0).outputBound()).isEqualTo(4_096L);
    }

    @Test
    void refuses_what_cannot_be_afforded_and_sends_nothing() {
        Relay broke = new Relay(Money.ofNanos(1_000_000));
        broke.accounts.add(0, request -> stream(Reason.TERMINAL, "[DONE]"));

        CallError refusal = refusal(broke.call(broke.client(), Relay.MODEL, 4_096L));
        assertThat(refusal.code()).isEqualTo(CallError.Code.INSUFFICIENT_QUOTA);
        assertThat(refusal.message())
                .contains(
                        "total cost limit of the credit has too little left",
                        "$0 of $0.001 used",
                        "this call can cost $0.");
        assertThat(broke.accounts.asked()).isEmpty();
        assertThat(broke.journal.settlements()).isEmpty();
        assertThat(broke.liveStore.openHolds()).isZero();
    }

    @Test
    void lets_the_live_store_remember_what_the_journal_cannot() {
        relay.accounts.add(0, request -> {
            relay.journal.breakNow();
            return stream(Reason.TERMINAL, "[DONE]");
        });
        RecordedClient client = relay.client();

        relay.call(client, Relay.MODEL, 50L);
        assertThat(client.events()).endsWith("finish [DONE] settled=0");
        assertThat(relay.liveStore.backlog()).isEqualTo(1);
        assertThat(relay.liveStore.openHolds()).isZero();
    }

    @Test
    void does_not_let_an_answer_look_complete_that_nobody_will_remember() {
        Relay forgetful = new Relay(Money.ofNanos(1_000_000_000), Set.of("settle"));
        forgetful.accounts.add(0, request -> {
            forgetful.journal.breakNow();
            return stream(Reason.TERMINAL, "[DONE]");
        });
        RecordedClient client = forgetful.client();

        forgetful.call(client, Relay.MODEL, 50L);
        assertThat(client.events()).endsWith("abort");
    }

    @Test
    void admits_nothing_while_the_journal_has_no_room() {
        relay.accounts.add(0, request -> stream(Reason.TERMINAL, "[DONE]"));
        relay.journal.breakNow();

        assertThat(refusal(relay.call(relay.client(), Relay.MODEL, 50L)).retryAfter())
                .isNotNull();
        assertThat(relay.accounts.asked()).isEmpty();
        assertThat(relay.liveStore.openHolds()).isZero();
    }

    @Test
    void asks_the_live_store_twice_before_it_sends_and_at_the_end() {
        List<String> before = new ArrayList<>();
        relay.accounts.add(0, request -> {
            before.addAll(relay.asked);
            return stream(Reason.TERMINAL, "[DONE]");
        });

        relay.call(relay.client(), Relay.MODEL, 50L);
        assertThat(before).containsExactly("reserve", "start");
        assertThat(relay.asked).containsExactly("reserve", "start", "releaseSlot", "settle");
    }

    @Test
    void sends_nothing_and_keeps_no_slot_once_the_hold_is_gone() {
        Relay late = new Relay(Money.ofNanos(1_000_000_000), Set.of("start"));
        late.accounts.add(0, request -> stream(Reason.TERMINAL, "[DONE]"));

        assertThat(refusal(late.call(late.client(), Relay.MODEL, 50L)).code())
                .isEqualTo(CallError.Code.NO_AVAILABLE_ACCOUNT);
        assertThat(late.accounts.asked()).isEmpty();
        assertThat(late.liveStore.inFlight()).isEmpty();
        assertThat(late.liveStore.openHolds()).isZero();
        assertThat(late.journal.settlements()).isEmpty();
    }

    @Test
    void keeps_no_slot_when_a_call_breaks_before_it_is_sent() {
        relay.accounts.add(0, request -> stream(Reason.TERMINAL, "[DONE]"));
        relay.accounts.preparing(ready -> {
            throw new StoreUnavailable("away for the test", new TimeoutException());
        });

        assertThat(refusal(relay.call(relay.client(), Relay.MODEL, 50L)).status())
                .isEqualTo(503);
        assertThat(relay.accounts.asked()).isEmpty();
        assertThat(relay.liveStore.inFlight()).isEmpty();
        assertThat(relay.liveStore.openHolds()).isZero();
    }

    @Test
    void charges_what_is_known_when_forwarding_breaks_in_the_middle() {
        relay.accounts.add(
                0,
                request -> stream(Reason.TERMINAL, "[DONE]", () -> {
                    throw new IllegalStateException("a bug");
                }));
        RecordedClient client = relay.client();

        assertThatThrownBy(() -> relay.call(client, Relay.MODEL, 50L)).hasMessage("a bug");
        assertThat(client.events()).endsWith("abort");
        assertThat(onlyRecord().status()).isEqualTo(CallStatus.INCOMPLETE);
        assertThat(onlyRecord().charge().total()).isEqualTo(TEN_OUT_COST);
        assertThat(onlyRecord().flags()).containsExactly("internal_error");
        assertThat(relay.liveStore.openHolds()).isZero();
    }

    @Test
    void asks_nobody_else_for_a_caller_who_has_left() {
        RecordedClient client = relay.client();
        relay.accounts.add(0, request -> {
            client.leave();
            return failed(Fault.Kind.SERVER, 500);
        });
        relay.accounts.add(1, request -> stream(Reason.TERMINAL, "[DONE]"));

        relay.call(client, Relay.MODEL, 50L);
        assertThat(relay.accounts.asked()).hasSize(1);
        assertThat(onlyRecord().status()).isEqualTo(CallStatus.UPSTREAM_ERROR);
        assertThat(relay.liveStore.openHolds()).isZero();
    }

    @Test
    void charges_a_whole_answer_whose_caller_left_first() {
        RecordedClient client = relay.client();
        relay.accounts.add(0, request -> {
            client.leave();
            Metered metered = new Metered(new UsageReport.Reported(Usage.of(TEN_OUT)), Set.of());
            return new Answer.Whole(new AnswerHead(200, List.of()), new byte[] {'{', '}'}, metered);
        });

        relay.call(client, Relay.MODEL, 50L);
        assertThat(onlyRecord().status()).isEqualTo(CallStatus.CLIENT_GONE);
        assertThat(onlyRecord().charge().total()).isEqualTo(TEN_OUT_COST);
    }

    @Test
    void leaves_one_record_and_no_hold_when_something_breaks_in_the_middle() {
        relay.accounts.add(0, request -> {
            throw new IllegalStateException("a bug");
        });

        assertThatThrownBy(() -> relay.call(relay.client(), Relay.MODEL, 50L)).hasMessage("a bug");
        assertThat(onlyRecord().flags()).containsExactly("internal_error");
        assertThat(relay.liveStore.openHolds()).isZero();
        assertThat(relay.liveStore.inFlight()).isEmpty();
    }

    @Test
    void says_503_when_every_account_is_away_and_leaves_no_record() {
        relay.accounts.add(0, request -> failed(Fault.Kind.RATE_LIMITED, 429));
        relay.call(relay.client(), Relay.MODEL, 50L);

        CallError refusal = refusal(relay.call(relay.client(), Relay.MODEL, 50L));
        assertThat(refusal.code()).isEqualTo(CallError.Code.NO_AVAILABLE_ACCOUNT);
        assertThat(refusal.retryAfter()).isNotNull();
        assertThat(relay.journal.settlements()).hasSize(1);
        assertThat(relay.liveStore.openHolds()).isZero();
    }

    @Test
    void never_spends_more_than_there_is_however_many_call_at_once() throws Exception {
        Relay small = new Relay(Money.ofNanos(20 * TEN_OUT_COST.nanos()));
        small.accounts.add(0, request -> stream(Reason.TERMINAL, "[DONE]"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RelayOutcome>> calls = IntStream.range(0, 200)
                    .mapToObj(call -> threads.submit(() -> small.call(small.client(), Relay.MODEL, 256L)))
                    .toList();
            for (Future<RelayOutcome> call : calls) {
                assertThat(call.get()).isNotNull();
            }
        }
        Money spent = small.journal.settlements().stream()
                .map(settled -> settled.charge().total())
                .reduce(Money.ZERO, Money::plus);
        assertThat(spent).isLessThanOrEqualTo(Money.ofNanos(20 * TEN_OUT_COST.nanos()));
        assertThat(spent).isGreaterThan(Money.ZERO);
        assertThat(small.liveStore.openHolds()).isZero();
    }

    private Settlement onlyRecord() {
        assertThat(relay.journal.settlements()).hasSize(1);
        return relay.journal.settlements().get(0);
    }

    private static CallError refusal(RelayOutcome outcome) {
        assertThat(outcome).isInstanceOf(RelayOutcome.Refused.class);
        return ((RelayOutcome.Refused) outcome).error();
    }

    private static Answer failed(Fault.Kind kind, int status) {
        return new Answer.Failed(
                new Fault(kind, status, null, "for the test"),
                new AnswerHead(status, List.of(new Header("content-type", "text/plain"))),
                "the upstream's words".getBytes(StandardCharsets.UTF_8));
    }

    /** An answer of one piece, ten output tokens, that ends in a given way. */
    static Answer stream(Reason reason, String held) {
        return stream(reason, held, () -> {});
    }

    private static Answer stream(Reason reason, String held, Runnable midway) {
        return new Answer.Streaming() {
            @Override
            public StreamEnd forward(ClientStream client) {
                client.begin(new AnswerHead(200, List.of()));
                boolean unused = client.write(ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8)));
                midway.run();
                Metered metered = new Metered(new UsageReport.Reported(Usage.of(TEN_OUT)), Set.of());
                @Nullable
                Fault fault = reason == Reason.BROKEN ? new Fault(Fault.Kind.BROKEN, null, null, "reset") : null;
                return new StreamEnd(reason, metered, held.getBytes(StandardCharsets.UTF_8), null, fault);
            }

            @Override
            public TokenUsage progress() {
                return TEN_OUT;
            }

            @Override
            public void cancel() {
                // nothing runs
            }
        };
    }
}
