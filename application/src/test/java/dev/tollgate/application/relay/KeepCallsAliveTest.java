package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.InMemoryUsageJournal;
import dev.tollgate.application.usage.UsageJournal.JournalUnavailable;
import dev.tollgate.application.usage.UsageJournal.LeftOpen;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeepCallsAliveTest {
    private final ToldLiveStore liveStore = new ToldLiveStore();
    private final InMemoryUsageJournal journal = new InMemoryUsageJournal();
    private final RunningCalls running = new RunningCalls();
    private final KeepCallsAlive keepAlive = new KeepCallsAliveService(running, journal, liveStore.asLiveStore());
    private final Ticket ticket = Calls.ticket(Calls.id(), Money.ofNanos(150));
    private final ToldHold hold = new ToldHold();

    @Test
    void nothing_is_told_where_nothing_runs() {
        assertThat(keepAlive.beat()).isZero();
    }

    @Test
    void what_is_known_is_in_the_journal_for_whoever_starts_after_a_crash() {
        journal.sent(ticket);
        enter();
        liveStore.answers("heartbeat", Set.of());

        assertThat(keepAlive.beat()).isZero();
        List<LeftOpen> left = new ArrayList<>();
        journal.restarted().leftOpen(left::add);
        assertThat(left).containsExactly(new LeftOpen.Unsettled(ticket, Calls.progress(ticket, 40)));
    }

    @Test
    void a_hold_that_was_lost_is_taken_again() {
        enter();
        liveStore.answers("heartbeat", Set.of(ticket.id()));
        liveStore.answers("reopen", true);

        assertThat(keepAlive.beat()).isZero();
        assertThat(hold.told).containsExactly("renewed");
    }

    @Test
    void a_hold_that_cannot_be_had_again_is_told_of() {
        enter();
        liveStore.answers("heartbeat", Set.of(ticket.id()));
        liveStore.answers("reopen", false);

        assertThat(keepAlive.beat()).isOne();
        assertThat(hold.told).containsExactly("lost");
    }

    @Test
    void a_journal_that_cannot_be_written_keeps_no_call_from_beating() {
        journal.sent(ticket);
        enter();
        journal.setWritable(false);
        liveStore.answers("heartbeat", Set.of());

        assertThatThrownBy(keepAlive::beat).isInstanceOf(JournalUnavailable.class);
        assertThat(hold.told).containsExactly("renewed");
    }

    /** What the store says of the call's hold. */
    private final class ToldHold implements RunningHold {
        private final List<String> told = new ArrayList<>();

        @Override
        public Money amount() {
            return ticket.hold().amount();
        }

        @Override
        public void renewed() {
            told.add("renewed");
        }

        @Override
        public void lost() {
            told.add("lost");
        }
    }

    private void enter() {
        running.enter(ticket, () -> Calls.progress(ticket, 40), hold);
    }
}
