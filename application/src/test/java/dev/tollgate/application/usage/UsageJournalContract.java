package dev.tollgate.application.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.usage.UsageJournal.LeftOpen;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every journal must do across the end of its process. */
public abstract class UsageJournalContract {
    private static final Money HELD = Money.ofNanos(70);

    /** The journal; each call is a new start on what the one before left. */
    protected abstract UsageJournal restart();

    @Test
    void gives_a_settled_call_back_whole() {
        Settlement settlement = Calls.settled(Calls.ticket(Calls.id(), HELD), 12);
        UsageJournal journal = restart();
        journal.sent(settlement.ticket());
        journal.settled(settlement);

        assertThat(leftOpen(restart())).containsExactly(new LeftOpen.Settled(settlement));
    }

    @Test
    void gives_a_sent_call_back_with_the_last_that_was_known() {
        Ticket quiet = Calls.ticket(Calls.id(), HELD);
        Ticket talking = Calls.ticket(Calls.id(), HELD);
        UsageJournal journal = restart();
        journal.sent(quiet);
        journal.sent(talking);
        journal.progress(List.of(Calls.progress(talking, 3)));
        journal.progress(List.of(Calls.progress(talking, 8)));

        assertThat(leftOpen(restart()))
                .containsExactly(
                        new LeftOpen.Unsettled(quiet, null),
                        new LeftOpen.Unsettled(talking, Calls.progress(talking, 8)));
    }

    @Test
    void forgets_what_is_closed() {
        Settlement closed = Calls.settled(Calls.ticket(Calls.id(), HELD), 12);
        Settlement open = Calls.settled(Calls.ticket(Calls.id(), HELD), 13);
        UsageJournal journal = restart();
        journal.settled(closed);
        journal.settled(open);
        assertThat(journal.pending()).isEqualTo(2);
        journal.closed(List.of(closed.id()));
        assertThat(journal.pending()).isOne();

        assertThat(leftOpen(restart())).containsExactly(new LeftOpen.Settled(open));
    }

    @Test
    void ignores_progress_that_comes_too_late() {
        Settlement settlement = Calls.settled(Calls.ticket(Calls.id(), HELD), 12);
        Ticket closed = Calls.ticket(Calls.id(), HELD);
        UsageJournal journal = restart();
        journal.settled(settlement);
        journal.sent(closed);
        journal.closed(List.of(closed.id()));
        journal.progress(List.of(Calls.progress(settlement.ticket(), 3), Calls.progress(closed, 3)));

        assertThat(leftOpen(restart())).containsExactly(new LeftOpen.Settled(settlement));
    }

    @Test
    void keeps_an_open_call_over_many_starts() {
        Ticket ticket = Calls.ticket(Calls.id(), HELD);
        restart().sent(ticket);
        restart().trim(() -> {});
        UsageJournal third = restart();
        third.trim(() -> {});

        assertThat(third.pending()).isOne();
        assertThat(leftOpen(third)).containsExactly(new LeftOpen.Unsettled(ticket, null));
        third.closed(List.of(ticket.id()));
        assertThat(leftOpen(restart())).isEmpty();
    }

    @Test
    void gives_nothing_back_that_was_closed_since_the_start() {
        Ticket first = Calls.ticket(Calls.id(), HELD);
        Ticket second = Calls.ticket(Calls.id(), HELD);
        UsageJournal journal = restart();
        journal.sent(first);
        journal.sent(second);
        UsageJournal next = restart();
        List<LeftOpen> left = new ArrayList<>();
        next.leftOpen(call -> {
            left.add(call);
            next.closed(List.of(first.id()));
        });

        assertThat(left).hasSize(2);
        assertThat(leftOpen(next)).containsExactly(new LeftOpen.Unsettled(second, null));
    }

    @Test
    void knows_the_results_that_are_not_closed() {
        Settlement earlier = Calls.settled(Calls.ticket(Calls.id(), HELD), 12);
        Settlement closed = Calls.settled(Calls.ticket(Calls.id(), HELD), 13);
        Settlement own = Calls.settled(Calls.ticket(Calls.id(), HELD), 14);
        restart().settled(earlier);
        UsageJournal journal = restart();
        journal.sent(Calls.ticket(Calls.id(), HELD));
        journal.sent(own.ticket());
        journal.settled(own);
        journal.settled(closed);
        journal.closed(List.of(closed.id()));

        assertThat(journal.unclosed(Duration.ZERO)).containsExactlyInAnyOrder(earlier.id(), own.id());
        assertThat(journal.settlement(earlier.id())).contains(earlier);
        assertThat(journal.settlement(own.id())).contains(own);
        assertThat(journal.settlement(closed.id())).isEmpty();
    }

    @Test
    void gives_the_last_result_of_a_call_that_was_an_orphan() {
        Ticket ticket = Calls.ticket(Calls.id(), HELD);
        UsageJournal journal = restart();
        journal.settled(Calls.orphan(ticket, 3));
        journal.settled(Calls.settled(ticket, 8));

        assertThat(journal.settlement(ticket.id())).contains(Calls.settled(ticket, 8));
    }

    @Test
    void can_be_written_when_it_is_opened() {
        assertThat(restart().isWritable()).isTrue();
    }

    protected static List<LeftOpen> leftOpen(UsageJournal journal) {
        List<LeftOpen> calls = new ArrayList<>();
        journal.leftOpen(calls::add);
        return calls;
    }
}
