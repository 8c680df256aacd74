package dev.tollgate.application.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.usage.RecoverUsage.Recovered;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoverUsageTest {
    private static final int SHARDS = 16;

    private final InMemoryUsageLedger ledger = new InMemoryUsageLedger();
    private InMemoryUsageJournal journal = new InMemoryUsageJournal();

    @Test
    void records_what_was_settled_and_closes_it() {
        Settlement settlement = Calls.settled(ticket(), 12);
        journal.sent(settlement.ticket());
        journal.settled(settlement);

        assertThat(restart()).isEqualTo(new Recovered(1, 0));
        assertThat(ledger.records()).containsExactly(settlement);
        assertThat(journal.pending()).isZero();
        assertThat(restart()).isEqualTo(new Recovered(0, 0));
    }

    @Test
    void does_not_count_again_what_sql_has() {
        Settlement settlement = Calls.settled(ticket(), 12);
        journal.settled(settlement);
        ledger.record(7, List.of(settlement), null);
        assertThat(restart()).isNotNull();

        assertThat(ledger.records()).containsExactly(settlement);
    }

    @Test
    void charges_nothing_for_a_call_without_a_byte_of_an_answer() {
        Ticket ticket = ticket();
        journal.sent(ticket);
        journal.progress(List.of(Calls.progress(ticket, 0)));

        assertThat(restart()).isEqualTo(new Recovered(0, 1));
        Settlement orphan = ledger.records().getFirst();
        assertThat(orphan.status()).isEqualTo(CallStatus.ORPHAN);
        assertThat(orphan.charge().total()).isEqualTo(Money.ZERO);
        assertThat(orphan.usage().tokens().total()).isZero();
        assertThat(orphan.attempts()).hasSize(1);
    }

    @Test
    void charges_what_was_last_known_of_an_answer_at_the_tickets_price() {
        Ticket ticket = ticket();
        journal.sent(ticket);
        journal.progress(List.of(Calls.progress(ticket, 3)));
        journal.progress(List.of(Calls.progress(ticket, 8)));
        assertThat(restart()).isNotNull();

        Settlement orphan = ledger.records().getFirst();
        assertThat(orphan.charge().total()).isEqualTo(Money.ofNanos(8));
        assertThat(orphan.upstreamCost().picos()).isEqualTo(8_000);
        assertThat(orphan.flags()).isEmpty();
    }

    @Test
    void goes_on_where_it_was_stopped() {
        for (int i = 0; i < 3 * DrainUsage.BATCH_MAX; i++) {
            journal.settled(Calls.settled(ticket(), 1));
        }
        InMemoryUsageJournal first = journal.restarted();
        first.setWritable(false);
        assertThatThrownBy(() -> recover(first)).isInstanceOf(UsageJournal.JournalUnavailable.class);
        assertThat(restart()).isNotNull();

        assertThat(ledger.records()).hasSize(3 * DrainUsage.BATCH_MAX);
        assertThat(journal.pending()).isZero();
    }

    private Recovered restart() {
        journal = journal.restarted();
        return recover(journal);
    }

    private Recovered recover(UsageJournal left) {
        return new RecoverUsageService(left, ledger, new Orphans(new OnePrice()), SHARDS).recover();
    }

    private static Ticket ticket() {
        return Calls.ticket(Calls.id(), Money.ofNanos(70));
    }
}
