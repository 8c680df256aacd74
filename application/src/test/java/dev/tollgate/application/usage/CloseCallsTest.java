package dev.tollgate.application.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
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
