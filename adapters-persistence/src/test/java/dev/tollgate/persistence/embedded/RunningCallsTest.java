package dev.tollgate.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.KeepCallsAlive;
import dev.tollgate.application.relay.KeepCallsAliveService;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.PayerTerms;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.relay.Reserve;
import dev.tollgate.application.relay.RunningCalls;
import dev.tollgate.application.relay.RunningHold;
import dev.tollgate.application.relay.SweepHolds;
import dev.tollgate.application.relay.SweepHoldsService;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.InMemoryUsageJournal;
import dev.tollgate.application.usage.InMemoryUsageLedger;
import dev.tollgate.application.usage.OnePrice;
import dev.tollgate.application.usage.Orphans;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.application.usage.UsageJournal.LeftOpen;
import dev.tollgate.application.usage.UsageStream.Pending;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Heartbeats and the sweep of one node over the embedded store. */
class RunningCallsTest {
    private static final int SHARD = 7;

    private final SteppedClock clock = new SteppedClock();
    private final InMemoryUsageLedger ledger = new InMemoryUsageLedger();
    private final LiveStore liveStore = new EmbeddedLiveStore(ledger, clock, 16, 1_000);
    private final InMemoryUsageJournal journal = new InMemoryUsageJournal();
    private final RunningCalls running = new RunningCalls();
    private final KeepCallsAlive keepCallsAlive = new KeepCallsAliveService(running, journal, liveStore);
    private final SweepHolds sweepHolds =
            new SweepHoldsService(liveStore, running, new Orphans(new OnePrice()), ledger);

    private final NotedHold hold = new NotedHold();

    @Test
    void a_beat_leaves_what_is_known_in_the_journal() {
        Ticket ticket = send();
        running.enter(ticket, () -> Calls.progress(ticket, 4), hold);
        assertThat(keepCallsAlive.beat()).isZero();
        running.leave(ticket.id());

        List<LeftOpen> left = new ArrayList<>();
        journal.restarted().leftOpen(left::add);
        assertThat(left).containsExactly(new LeftOpen.Unsettled(ticket, Calls.progress(ticket, 4)));
    }

    @Test
    void a_running_call_is_never_swept_however_late_its_beat() {
        Ticket ticket = send();
        running.enter(ticket, () -> Calls.progress(ticket, 4), hold);
        clock.advance(Duration.ofMinutes(5));
        assertThat(sweepHolds.sweep()).isZero();
        assertThat(liveStore.openHolds()).isOne();
        running.leave(ticket.id());
    }

    @Test
    void a_call_nobody_speaks_for_becomes_an_orphan_at_what_was_last_known() {
        Ticket ticket = send();
        running.enter(ticket, () -> Calls.progress(ticket, 4), hold);
        assertThat(keepCallsAlive.beat()).isZero();
        running.leave(ticket.id());
        clock.advance(Duration.ofSeconds(LiveStore.LEASE_SECONDS));

        assertThat(sweepHolds.sweep()).isOne();
        assertThat(sweepHolds.sweep()).isZero();
        assertThat(liveStore.openHolds()).isZero();
        Pending orphan = liveStore.pending(SHARD, 10).getFirst();
        assertThat(orphan.settlement().status()).isEqualTo(CallStatus.ORPHAN);
        assertThat(orphan.addedCost()).isEqualTo(Money.ofNanos(4));
    }

    @Test
    void a_call_that_ended_between_two_beats_is_left_as_it_is() {
        Ticket ticket = send();
        running.enter(ticket, () -> Calls.progress(ticket, 4), hold);
        liveStore.settle(Calls.settled(ticket, 9));
        assertThat(keepCallsAlive.beat()).isOne();
        running.leave(ticket.id());

        assertThat(liveStore.openHolds()).isZero();
        assertThat(liveStore.pending(SHARD, 10)).hasSize(1);
    }

    @Test
    void a_beat_takes_a_lost_hold_again_at_what_it_was_raised_to() {
        Ticket ticket = send();
        hold.amount = Money.ofNanos(80);
        running.enter(ticket, () -> Calls.progress(ticket, 4), hold);
        liveStore.release(SHARD, ticket.id());
        assertThat(keepCallsAlive.beat()).isZero();
        running.leave(ticket.id());

        assertThat(hold.renewed).isOne();
        assertThat(hold.lost).isZero();
        assertThat(liveStore.snapshot(SHARD, Set.of()).holds())
                .isNotEmpty()
                .allSatisfy(open -> assertThat(open.amount()).isEqualTo(Money.ofNanos(80)));
    }

    @Test
    void a_call_whose_hold_is_gone_for_good_is_told_so() {
        Ticket ticket = send();
        running.enter(ticket, () -> Calls.progress(ticket, 4), hold);
        assertThat(keepCallsAlive.beat()).isZero();
        assertThat(hold.renewed).isOne();
        liveStore.settle(Calls.orphan(ticket, 4));
        assertThat(keepCallsAlive.beat()).isOne();
        running.leave(ticket.id());

        assertThat(hold.lost).isOne();
    }

    private static final class NotedHold implements RunningHold {
        private Money amount = Money.ofNanos(50);
        private int renewed;
        private int lost;

        @Override
        public Money amount() {
            return amount;
        }

        @Override
        public void renewed() {
            renewed++;
        }

        @Override
        public void lost() {
            lost++;
        }
    }

    private Ticket send() {
        Ticket ticket = Calls.ticket(Calls.id(), Money.ofNanos(50));
        PayerTerms payer = new PayerTerms(
                new Payer.Metered(), SpendMode.STRICT, Money.ofNanos(50), Money.ofNanos(50), List.of(), null);
        Reserve reserve = new Reserve(
                ticket.id(),
                Calls.USER,
                Calls.KEY,
                List.of(payer),
                List.of(),
                List.of(),
                0,
                Calls.ownWindows(),
                List.of());
        assertThat(liveStore.reserve(reserve)).isInstanceOf(Reservation.Held.class);
        journal.sent(ticket);
        assertThat(liveStore.sent(ticket)).isTrue();
        return ticket;
    }
}
