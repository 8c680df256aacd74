package dev.tollgate.application.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.usage.RecordedUsage.Folded;
import dev.tollgate.application.usage.RecordedUsage.Sums;
import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every reader of recorded usage must give the audit. */
public abstract class RecordedUsageContract {
    private static final int SHARD = 7;

    protected abstract UsageLedger ledger();

    protected abstract RecordedUsage recorded();

    @Test
    void gives_a_record_as_it_was_settled() {
        Settlement settlement = Calls.settled(Calls.ticket(Calls.id(), Money.ofNanos(70)), 12);
        ledger().record(SHARD, List.of(settlement), null);

        assertThat(read())
                .containsExactly(new Folded(
                        settlement.id(),
                        true,
                        1,
                        1,
                        Money.ofNanos(12),
                        false,
                        settlement.ticket().hold().payer(),
                        settlement.ticket().asked().priceVersion(),
                        settlement.charge().multiplier(),
                        settlement.usage(),
                        settlement.charge().breakdown().items(),
                        settlement.ticket().windows()));
    }

    @Test
    void adds_up_the_entries_of_an_orphan_that_was_settled() {
        Ticket ticket = Calls.ticket(Calls.id(), Money.ofNanos(70));
        ledger().record(SHARD, List.of(Calls.orphan(ticket, 5)), null);
        assertThat(read()).extracting(Folded::isOrphan).containsExactly(true);
        ledger().record(SHARD, List.of(Calls.settled(ticket, 12)), null);

        Folded record = read().getFirst();
        assertThat(record.isOrphan()).isFalse();
        assertThat(record.isGapless()).isTrue();
        assertThat(record.requests()).isOne();
        assertThat(record.attempts()).isOne();
        assertThat(record.cost()).isEqualTo(Money.ofNanos(12));
    }

    @Test
    void gives_every_window_and_no_difference() {
        ledger().record(SHARD, List.of(Calls.settled(Calls.ticket(Calls.id(), Money.ofNanos(70)), 12)), null);
        Sums sums = recorded().read(each -> {});

        assertThat(sums.differences()).isEmpty();
        assertThat(sums.deadLetters()).isEmpty();
        assertThat(sums.windows().get(Calls.PACKAGE).get(Calls.TOTAL)).isEqualTo(new Used(1, Money.ofNanos(12)));
    }

    private List<Folded> read() {
        List<Folded> records = new ArrayList<>();
        Sums sums = recorded().read(records::add);
        assertThat(sums.differences()).isEmpty();
        return records;
    }
}
