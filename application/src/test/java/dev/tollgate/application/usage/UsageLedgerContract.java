package dev.tollgate.application.usage;

import static dev.tollgate.application.usage.Calls.DAY;
import static dev.tollgate.application.usage.Calls.OF_KEY;
import static dev.tollgate.application.usage.Calls.OF_USER;
import static dev.tollgate.application.usage.Calls.PACKAGE;
import static dev.tollgate.application.usage.Calls.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.usage.UsageLedger.Seed;
import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.Ticket;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every ledger must do, however often and in whatever pieces it is told. */
public abstract class UsageLedgerContract {
    protected static final int SHARD = 7;

    private static final int EVENTS = Integer.getInteger("tollgate.ledger.events", 2_000);
    private static final int BATCH_MAX = 500;

    /** An empty ledger. */
    protected abstract UsageLedger ledger();

    @Test
    void counts_a_call_in_every_window_it_names() {
        Settlement settlement = Calls.settled(ticket(), 12);
        ledger().record(SHARD, List.of(settlement), null);

        Used used = new Used(1, nanos(12));
        Map<WindowKey, Used> windows = Map.of(DAY.key(), used, TOTAL, used);
        assertThat(seed(List.of(PACKAGE, OF_USER, OF_KEY)).used())
                .isEqualTo(Map.of(PACKAGE, windows, OF_USER, windows, OF_KEY, windows));
        assertThat(ledger().recorded(List.of(settlement.id(), Calls.id()))).containsExactly(settlement.id());
    }

    @Test
    void knows_nothing_of_a_subject_that_never_spent() {
        Subject other = new Subject(SubjectKind.CREDIT, 7);

        assertThat(seed(List.of(other)).used().get(other)).isEmpty();
    }

    @Test
    void counts_a_repeated_call_once() {
        Settlement settlement = Calls.settled(ticket(), 12);
        ledger().record(SHARD, List.of(settlement, settlement), null);
        ledger().record(SHARD, List.of(settlement), null);

        assertThat(total()).isEqualTo(new Used(1, nanos(12)));
    }

    @Test
    void counts_what_is_new_in_a_batch_that_is_partly_known() {
        Settlement known = Calls.settled(ticket(), 12);
        ledger().record(SHARD, List.of(known), null);
        ledger().record(SHARD, List.of(Calls.settled(ticket(), 1), known, Calls.settled(ticket(), 2)), null);

        assertThat(total()).isEqualTo(new Used(3, nanos(15)));
    }

    @Test
    void records_nothing_of_a_batch_that_does_not_stand_any_more() {
        Settlement settlement = Calls.settled(ticket(), 12);
        StreamPosition position = new StreamPosition("first life", new StreamId(0, 9));
        assertThat(ledger().record(SHARD, List.of(settlement), position, () -> false))
                .isFalse();
        assertThat(ledger().known(List.of(settlement.id()))).isEmpty();

        assertThat(ledger().record(SHARD, List.of(settlement), position, () -> true))
                .isTrue();
        assertThat(ledger().known(List.of(settlement.id()))).containsExactly(settlement.id());
    }

    @Test
    void makes_an_orphan_up_to_its_final_result() {
        Ticket ticket = ticket();
        ledger().record(SHARD, List.of(Calls.orphan(ticket, 5)), null);
        assertThat(ledger().recorded(List.of(ticket.id()))).isEmpty();
        assertThat(ledger().known(List.of(ticket.id(), Calls.id()))).containsExactly(ticket.id());
        ledger().record(SHARD, List.of(Calls.orphan(ticket, 9)), null);
        assertThat(total()).isEqualTo(new Used(1, nanos(5)));

        ledger().record(SHARD, List.of(Calls.settled(ticket, 12)), null);
        ledger().record(SHARD, List.of(Calls.settled(ticket, 12), Calls.orphan(ticket, 5)), null);
        assertThat(total()).isEqualTo(new Used(1, nanos(12)));
        assertThat(ledger().recorded(List.of(ticket.id()))).containsExactly(ticket.id());
    }

    @Test
    void takes_the_final_result_of_a_batch_that_has_the_orphan_too() {
        Ticket ticket = ticket();
        ledger().record(SHARD, List.of(Calls.orphan(ticket, 5), Calls.settled(ticket, 3)), null);

        assertThat(total()).isEqualTo(new Used(1, nanos(3)));
    }

    @Test
    void tells_how_far_the_stream_is_part_of_its_sums() {
        assertThat(seed(List.of()).drained()).isNull();
        ledger().record(SHARD, List.of(Calls.settled(ticket(), 1)), null);
        assertThat(seed(List.of()).drained()).isNull();

        StreamPosition ninth = new StreamPosition("first life", new StreamId(0, 9));
        ledger().record(SHARD, List.of(Calls.settled(ticket(), 1)), ninth);
        ledger().record(SHARD, List.of(), new StreamPosition("first life", new StreamId(0, 8)));
        assertThat(seed(List.of()).drained()).isEqualTo(ninth);

        StreamPosition anew = new StreamPosition("second life", new StreamId(0, 1));
        ledger().record(SHARD, List.of(), anew);
        assertThat(seed(List.of()).drained()).isEqualTo(anew);
    }

    @Test
    void counts_each_call_once_whatever_the_deliveries_and_cuts() {
        Random random = new Random(4);
        List<Settlement> events = new ArrayList<>();
        List<Settlement> deliveries = new ArrayList<>();
        long sum = 0;
        for (int i = 0; i < EVENTS; i++) {
            Settlement event = Calls.settled(ticket(), random.nextInt(1_000));
            events.add(event);
            sum += event.charge().total().nanos();
            for (int delivery = random.nextInt(5); delivery >= 0; delivery--) {
                deliveries.add(random.nextInt(10) == 0 ? Calls.orphan(event.ticket(), random.nextInt(50)) : event);
            }
        }
        Collections.shuffle(deliveries, random);
        deliveries.addAll(events);
        deliverInRandomCuts(deliveries, random);

        assertThat(total()).isEqualTo(new Used(EVENTS, nanos(sum)));
    }

    private void deliverInRandomCuts(List<Settlement> deliveries, Random random) {
        for (int from = 0; from < deliveries.size(); ) {
            int to = Math.min(deliveries.size(), from + 1 + random.nextInt(BATCH_MAX));
            deliver(deliveries.subList(from, to), random);
            from = random.nextInt(10) == 0 ? Math.max(0, to - random.nextInt(BATCH_MAX)) : to;
        }
    }

    /** Records a batch; a subclass lets it fail in the middle now and then, and tries again. */
    protected void deliver(List<Settlement> batch, Random random) {
        ledger().record(SHARD, batch, null);
    }

    @Test
    void counts_each_call_once_when_many_deliver_at_once() throws Exception {
        List<Settlement> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            events.add(Calls.settled(Calls.ticket(Calls.id(), new UserId(SHARD + 16L * (i % 3)), nanos(9)), 5));
        }
        List<Callable<Boolean>> drainers = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            drainers.add(() -> {
                deliverInRandomCuts(events, random);
                return true;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(drainers.size())) {
            for (Future<Boolean> drainer : threads.invokeAll(drainers)) {
                assertThat(drainer.get()).isTrue();
            }
        }

        assertThat(total()).isEqualTo(new Used(200, nanos(1_000)));
    }

    @Test
    void adds_up_what_accounts_cost_upstream_on_a_day() {
        ledger().record(SHARD, List.of(Calls.settled(ticket(), 12), Calls.settled(ticket(), 1)), null);

        LocalDate today = LocalDate.of(2026, 11, 21);
        assertThat(ledger().upstreamCost(today)).isEqualTo(Map.of(Calls.ACCOUNT, Cost.ofPicos(13 * 900)));
        assertThat(ledger().upstreamCost(today.plusDays(1))).isEmpty();
    }

    @Test
    void survives_being_made_durable() {
        ledger().record(SHARD, List.of(Calls.settled(ticket(), 12)), null);
        ledger().makeDurable();

        assertThat(total()).isEqualTo(new Used(1, nanos(12)));
    }

    protected final Used total() {
        return seed(List.of(PACKAGE)).used().get(PACKAGE).get(TOTAL);
    }

    private Seed seed(List<Subject> subjects) {
        return ledger().seed(SHARD, subjects, seed -> seed);
    }

    protected static Ticket ticket() {
        return Calls.ticket(Calls.id(), nanos(70));
    }

    protected static Money nanos(long nanos) {
        return Money.ofNanos(nanos);
    }
}
