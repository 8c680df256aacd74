package dev.tollgate.bootstrap.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.RelayOutcome;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.money.Money;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that wait for an account's slot: in the order they came, not too many, not too long, and only for a caller. */
@Timeout(60)
class SlotWaitTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WAITERS_MAX = 100;
    private static final int ASKED_IN_LINE = 5;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Relay relay = new Relay(Money.ofNanos(1_000_000_000_000L));
    private final Semaphore answers = new Semaphore(0);

    @AfterEach
    void stop() {
        answers.release(1_000);
        threads.close();
    }

    @Test
    void the_first_to_come_is_the_first_to_be_served() throws Exception {
        oneSlot();
        relay.slotWait = PATIENCE;
        List<Future<RelayOutcome>> calls = new ArrayList<>();
        calls.add(call(relay.client()));
        Eventually.holds("the slot is taken", PATIENCE, () -> sent() == 1);
        for (int waiting = 1; waiting <= 5; waiting++) {
            RecordedClient client = relay.client();
            calls.add(call(client));
            Eventually.holds("it waits", PATIENCE, () -> isInLine(client));
        }

        for (int served = 0; served < calls.size(); served++) {
            answers.release();
            assertThat(calls.get(served).get()).as("call %s", served).isInstanceOf(RelayOutcome.Answered.class);
            int next = Math.min(served + 2, calls.size());
            Eventually.holds("the next is sent", PATIENCE, () -> sent() == next);
            assertThat(calls.subList(served + 1, calls.size())).noneMatch(Future::isDone);
        }
    }

    @Test
    void no_more_than_a_hundred_wait_for_one_account() throws Exception {
        oneSlot();
        relay.slotWait = PATIENCE;
        List<Future<RelayOutcome>> calls = new ArrayList<>();
        List<RecordedClient> clients = new ArrayList<>();
        for (int call = 0; call < 1 + WAITERS_MAX; call++) {
            clients.add(relay.client());
            calls.add(call(clients.getLast()));
        }
        Eventually.holds("the one is sent", PATIENCE, () -> sent() == 1);
        Eventually.holds(
                "all but one wait",
                PATIENCE,
                () -> clients.stream().filter(SlotWaitTest::isInLine).count() == WAITERS_MAX);
        assertThat(relay.liveStore.openHolds()).isEqualTo(calls.size());

        relay.slotWait = Duration.ofSeconds(50);
        assertBusy(call(relay.client()).get());
        answers.release(calls.size());
        for (Future<RelayOutcome> call : calls) {
            assertThat(call.get()).isInstanceOf(RelayOutcome.Answered.class);
        }
    }

    @Test
    void a_call_waits_for_whichever_of_several_accounts_comes_free() throws Exception {
        oneSlot();
        Semaphore other = new Semaphore(0);
        relay.accounts.add(new Placement(1, 1, 1, Money.ZERO), request -> {
            other.acquireUninterruptibly();
            return answered();
        });
        relay.slotWait = PATIENCE;
        Future<RelayOutcome> first = call(relay.client());
        Eventually.holds("the first is sent", PATIENCE, () -> sent() == 1);
        Future<RelayOutcome> second = call(relay.client());
        Eventually.holds("the second is sent", PATIENCE, () -> sent() == 2);
        Future<RelayOutcome> waiting = call(relay.client());
        Eventually.holds("it waits", PATIENCE, () -> relay.liveStore.openHolds() == 3);

        other.release(2);
        assertThat(second.get()).isInstanceOf(RelayOutcome.Answered.class);
        assertThat(waiting.get()).isInstanceOf(RelayOutcome.Answered.class);
        assertThat(first.isDone()).isFalse();
    }

    @Test
    void a_call_that_waited_in_vain_is_told_why_and_when_to_try_again() throws Exception {
        oneSlot();
        Future<RelayOutcome> running = call(relay.client());
        Eventually.holds("the slot is taken", PATIENCE, () -> sent() == 1);
        relay.slotWait = Duration.ofMillis(100);

        assertBusy(call(relay.client()).get());
        assertThat(relay.liveStore.openHolds()).isOne();
        answers.release();
        assertThat(running.get()).isInstanceOf(RelayOutcome.Answered.class);
    }

    /** What this node last heard is a second old at most: on Redis the count of what runs is read once a second. */
    @Test
    void a_slot_that_came_free_elsewhere_is_found_by_a_call_that_does_not_wait() throws Exception {
        oneSlot();
        Future<RelayOutcome> running = call(relay.client());
        Eventually.holds("the slot is taken", PATIENCE, () -> sent() == 1);
        relay.stale.set(relay.liveStore.inFlight());
        answers.release(2);
        assertThat(running.get()).isInstanceOf(RelayOutcome.Answered.class);

        assertThat(call(relay.client()).get()).isInstanceOf(RelayOutcome.Answered.class);
    }

    @Test
    void nobody_waits_for_a_caller_who_has_left() throws Exception {
        oneSlot();
        relay.slotWait = Duration.ofMinutes(10);
        Future<RelayOutcome> running = call(relay.client());
        Eventually.holds("the slot is taken", PATIENCE, () -> sent() == 1);
        RecordedClient leaving = relay.client();
        Future<RelayOutcome> waiting = call(leaving);
        Eventually.holds("it waits", PATIENCE, () -> relay.liveStore.openHolds() == 2);
        Future<RelayOutcome> behind = call(relay.client());
        Eventually.holds("another waits", PATIENCE, () -> relay.liveStore.openHolds() == 3);

        leaving.leave();
        assertThat(waiting.get()).isInstanceOf(RelayOutcome.Refused.class);
        assertThat(relay.liveStore.openHolds()).isEqualTo(2);
        answers.release(2);
        assertThat(running.get()).isInstanceOf(RelayOutcome.Answered.class);
        assertThat(behind.get()).isInstanceOf(RelayOutcome.Answered.class);
    }

    @Test
    void a_budget_that_is_spent_is_not_waited_for() throws Exception {
        relay.slotWait = Duration.ofMinutes(10);
        var account = relay.accounts.add(new Placement(0, 1, 0, Money.ofNanos(5)), request -> answered());
        relay.liveStore.spentUpstream(
                relay.clock.instant().atZone(ZoneOffset.UTC).toLocalDate(), Map.of(account, Money.ofNanos(5)), true);

        assertThat(call(relay.client()).get()).isInstanceOfSatisfying(RelayOutcome.Refused.class, refused -> {
            assertThat(refused.error().code()).isEqualTo(CallError.Code.NO_AVAILABLE_ACCOUNT);
            assertThat(refused.error().message()).contains("daily budget", "resets at");
            assertThat(refused.error().retryAfter()).isNotNull();
        });
        assertThat(relay.accounts.asked()).isEmpty();
        assertThat(relay.liveStore.openHolds()).isZero();
    }

    private void oneSlot() {
        relay.accounts.add(new Placement(0, 1, 1, Money.ZERO), request -> {
            answers.acquireUninterruptibly();
            return answered();
        });
    }

    /** A call asks twice before it joins the line, and every few milliseconds in it. */
    private static boolean isInLine(RecordedClient client) {
        return client.askedWhetherGone() >= ASKED_IN_LINE;
    }

    private int sent() {
        return relay.accounts.asked().size();
    }

    private Future<RelayOutcome> call(RecordedClient client) {
        return threads.submit(() -> relay.call(client, Relay.MODEL, 50L));
    }

    private static void assertBusy(RelayOutcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(RelayOutcome.Refused.class, refused -> {
            assertThat(refused.error().code()).isEqualTo(CallError.Code.NO_AVAILABLE_ACCOUNT);
            assertThat(refused.error().message()).contains("limit of concurrent calls");
            assertThat(refused.error().retryAfter()).isNotNull();
        });
    }

    private static Answer answered() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        return new Answer.Whole(new AnswerHead(200, List.of()), body, Metered.NOTHING);
    }
}
