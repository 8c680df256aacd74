package dev.tollgate.application.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloseCallsTest {
    private final InMemoryUsageJournal journal = new InMemoryUsageJournal();
    private final InMemoryUsageLedger ledger = new InMemoryUsageLedger();
    private final CloseCalls closeCalls = new CloseCallsService(journal, ledger);

    @Test
    void closes_what_another_node_brought_into_sql() {
        Settlement settlement = settled();
        assertThat(closeCalls.close()).isZero();
        assertThat(journal.pending()).isOne();

        ledger.record(0, List.of(settlement), null);
        assertThat(closeCalls.close()).isOne();
        assertThat(journal.pending()).isZero();
        assertThat(closeCalls.close()).isZero();
    }

    @Test
    void closes_any_number() {
        for (int i = 0; i <= CloseCalls.BATCH_MAX; i++) {
            ledger.record(0, List.of(settled()), null);
        }
        assertThat(closeCalls.close()).isEqualTo(CloseCalls.BATCH_MAX + 1);
        assertThat(journal.pending()).isZero();
    }

    @Test
    void goes_on_where_it_ended() {
        List<Settlement> many = new ArrayList<>();
        for (int i = 0; i < CloseCalls.ROUND_MAX + 10; i++) {
            many.add(settled());
        }
        ledger.record(0, many, null);
        assertThat(closeCalls.close()).isEqualTo(CloseCalls.ROUND_MAX);
        assertThat(closeCalls.close()).isEqualTo(10);
        assertThat(journal.pending()).isZero();
    }

    @Test
    void closes_an_orphan_by_an_orphans_record_and_a_result_only_by_its_own() {
        Ticket ticket = Calls.ticket(Calls.id(), Money.ofNanos(70));
        ledger.record(0, List.of(Calls.orphan(ticket, 3)), null);
        journal.settled(Calls.orphan(ticket, 3));
        assertThat(closeCalls.close()).isOne();

        journal.settled(Calls.settled(ticket, 8));
        assertThat(closeCalls.close()).isZero();
        assertThat(journal.pending()).isOne();
    }

    @Test
    void leaves_running_calls_open() {
        journal.sent(Calls.ticket(Calls.id(), Money.ofNanos(70)));
        assertThat(closeCalls.close()).isZero();
        assertThat(journal.pending()).isOne();
    }

    private Settlement settled() {
        Settlement settlement = Calls.settled(Calls.ticket(Calls.id(), Money.ofNanos(70)), 12);
        journal.settled(settlement);
        return settlement;
    }
}
