package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.InMemoryUsageJournal;
import dev.tollgate.application.usage.OnePrice;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever way leads out of a call, it leaves one record if anything was sent, none if nothing was, and no hold. */
class OpenCallTest {
    private static final Account ACCOUNT = new Account(
            Calls.ACCOUNT, "main", AccountType.OPENAI, Placement.ORDINARY, Serving.BY_FAMILY, true, Health.VALID);
    private static final Metered HUNDRED =
            new Metered(new UsageReport.Reported(Usage.of(TokenUsage.of(60, 40))), Set.of(), List.of("resp_1"));

    private final ToldLiveStore liveStore = new ToldLiveStore();
    private final InMemoryUsageJournal journal = new InMemoryUsageJournal();
    private final SeenCalls seen = new SeenCalls();
    private final SteppedClock clock = new SteppedClock();
    private final Outage outage = new Outage(() -> Money.ZERO, () -> true, clock);
    private final RunningCalls running = new RunningCalls();
    private final InMemoryBindings bindings = new InMemoryBindings(clock);
    private final Entrance.Result.Granted granted =
            CallersAndCalls.granted(CallersAndCalls.holder(BillingMode.PREPAID), CallersAndCalls.BOUNDED);
    private final Ticket ticket = Calls.ticket(granted.call().id(), Money.ofNanos(150));

    @Test
    void a_call_that_was_never_sent_gives_its_hold_back_and_leaves_no_record() {
        OpenCall call = open();
        call.close();
        call.close();

        assertThat(liveStore.cancelled()).containsExactly(ticket.id());
        assertThat(liveStore.all(Settlement.class)).isEmpty();
        assertThat(journal.pending()).isZero();
    }

    @Test
    void a_call_that_was_settled_is_not_settled_again_when_it_is_closed() {
        try (OpenCall call = open()) {
            assertThat(call.sending(ACCOUNT, "model-a", List.of())).isTrue();
            assertThat(running.ids()).containsExactly(ticket.id());
            assertThat(call.settle(CallStatus.COMPLETED, 200, HUNDRED, null)).isEqualTo(Money.ofNanos(100));
        }

        assertThat(liveStore.all(Settlement.class)).hasSize(1);
        assertThat(liveStore.cancelled()).isEmpty();
        assertThat(running.count()).isZero();
        assertThat(liveStore.released()).containsExactly(Money.ofNanos(100));
        assertThat(seen.attempts).containsExactly("openai OPENAI null");
    }

    @Test
    void a_call_that_breaks_off_inside_us_is_recorded_with_what_was_known_of_it() {
        try (OpenCall call = open()) {
            assertThat(call.sending(ACCOUNT, "model-a", List.of())).isTrue();
            call.answered(() -> TokenUsage.of(60, 7));
        }

        Settlement settlement = liveStore.settled();
        assertThat(settlement.status()).isEqualTo(CallStatus.INCOMPLETE);
        assertThat(settlement.charge().total()).isEqualTo(Money.ofNanos(67));
        assertThat(settlement.flags()).containsExactly("internal_error");
        assertThat(liveStore.released()).hasSize(1);
        assertThat(running.count()).isZero();
    }

    @Test
    void a_call_that_breaks_off_before_any_answer_costs_nothing() {
        try (OpenCall call = open()) {
            assertThat(call.sending(ACCOUNT, "model-a", List.of())).isTrue();
        }

        assertThat(liveStore.settled().charge().total()).isEqualTo(Money.ZERO);
    }

    @Test
    void nothing_is_sent_by_a_call_whose_hold_is_gone() {
        liveStore.losesHolds();
        try (OpenCall call = open()) {
            assertThat(call.sending(ACCOUNT, "model-a", List.of())).isFalse();
            assertThat(journal.pending()).isZero();
            assertThat(running.count()).isZero();
        }

        assertThat(liveStore.all(Settlement.class)).isEmpty();
        assertThat(liveStore.released()).containsExactly(Money.ZERO);
    }

    @Test
    void every_attempt_gives_its_own_slot_back() {
        try (OpenCall call = open()) {
            assertThat(call.sending(ACCOUNT, "model-a", List.of())).isTrue();
            call.failed(new Fault(Fault.Kind.OVERLOADED, 529, null, "busy"));
            assertThat(call.sending(ACCOUNT, "model-b", List.of())).isTrue();
            Money unused = call.settle(CallStatus.COMPLETED, 200, HUNDRED, null);
            assertThat(call.notes()).contains(new Header("x-tollgate-attempts", "2"));
        }

        assertThat(liveStore.released()).containsExactly(Money.ZERO, Money.ofNanos(100));
        assertThat(liveStore.settled().attempts())
                .extracting(attempt -> attempt.failure())
                .containsExactly("overloaded", null);
    }

    @Test
    void a_store_that_is_away_keeps_no_call_from_its_end() {
        try (OpenCall call = open()) {
            assertThat(call.sending(ACCOUNT, "model-a", List.of())).isTrue();
            liveStore.isAway(true);
            assertThat(call.settle(CallStatus.COMPLETED, 200, HUNDRED, null)).isEqualTo(Money.ofNanos(100));
        }
        OpenCall unsent = open();
        unsent.close();

        assertThat(seen.onlyJournaled).containsExactly(ticket.id());
    }

    @Test
    void what_an_answer_left_at_the_account_is_bound_to_it() {
        try (OpenCall call = open()) {
            assertThat(call.sending(ACCOUNT, "model-a", List.of())).isTrue();
            Money unused = call.settle(CallStatus.COMPLETED, 200, HUNDRED, null);
        }

        List<String> digests = Sessions.digests(Calls.USER, List.of("resp_1"));
        assertThat(bindings.find(digests)).containsValue(Calls.ACCOUNT);
    }

    private OpenCall open() {
        SlotQueue slots = new SlotQueue(
                nobody(), liveStore.asLiveStore(), outage, new CallersAndCalls.Settings(Multiplier.ONE), clock);
        return new OpenCalls(
                        journal,
                        liveStore.asLiveStore(),
                        slots,
                        running,
                        bindings,
                        new OnePrice(),
                        seen,
                        outage,
                        clock,
                        () -> 0)
                .open(granted.call(), SettlingTest.admitted(ticket, false));
    }

    /** No slot is looked for here. */
    private static AccountPool nobody() {
        return (AccountPool) Proxy.newProxyInstance(
                AccountPool.class.getClassLoader(), new Class<?>[] {AccountPool.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
