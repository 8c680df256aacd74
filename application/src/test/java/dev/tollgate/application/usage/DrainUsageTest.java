package dev.tollgate.application.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.usage.UsageJournal.JournalUnavailable;
import dev.tollgate.application.usage.UsageStream.Pending;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class DrainUsageTest {
    private final OneShard stream = new OneShard();
    private final InMemoryUsageLedger ledger = new InMemoryUsageLedger();
    private final InMemoryUsageJournal journal = new InMemoryUsageJournal();
    private boolean isEnabled = true;
    private boolean isMending = true;
    private final List<Settlement> mended = new ArrayList<>();
    private final DrainUsage drainUsage = new DrainUsageService(stream, ledger, journal, this::mend, () -> isEnabled);

    @Test
    void moves_a_settled_call_on_and_closes_it() {
        Settlement settlement = settle();

        assertThat(drainUsage.drain()).isOne();
        assertThat(ledger.records()).containsExactly(settlement);
        assertThat(stream.backlog()).isZero();
        assertThat(journal.pending()).isZero();
        assertThat(drainUsage.drain()).isZero();
    }

    @Test
    void moves_no_more_than_a_batch_at_once() {
        for (int i = 0; i <= DrainUsage.BATCH_MAX; i++) {
            assertThat(settle()).isNotNull();
        }

        assertThat(drainUsage.drain()).isEqualTo(DrainUsage.BATCH_MAX);
        assertThat(drainUsage.drain()).isOne();
    }

    @Test
    void does_nothing_while_it_is_paused() {
        Settlement settlement = settle();
        isEnabled = false;
        assertThat(drainUsage.drain()).isZero();
        assertThat(stream.backlog()).isOne();

        isEnabled = true;
        assertThat(drainUsage.drain()).isOne();
        assertThat(ledger.records()).containsExactly(settlement);
    }

    @Test
    void counts_once_what_it_recorded_before_the_stream_forgot() {
        Settlement settlement = settle();
        stream.isForgetting = false;
        assertThat(drainUsage.drain()).isOne();
        stream.isForgetting = true;
        assertThat(drainUsage.drain()).isOne();

        assertThat(ledger.records()).containsExactly(settlement);
        assertThat(stream.backlog()).isZero();
    }

    @Test
    void leaves_open_in_the_journal_what_it_could_not_close() {
        Settlement settlement = settle();
        journal.setWritable(false);

        assertThatThrownBy(drainUsage::drain).isInstanceOf(JournalUnavailable.class);
        assertThat(ledger.records()).containsExactly(settlement);
        assertThat(journal.pending()).isOne();
    }

    @Test
    void keeps_open_what_it_recorded_as_an_orphan_and_the_journal_has_the_result_of() {
        Settlement result = Calls.settled(Calls.ticket(Calls.id(), Money.ofNanos(70)), 12);
        journal.settled(result);
        settled(Calls.orphan(result.ticket(), 5), 31_000, 1);
        assertThat(drainUsage.drain()).isOne();
        assertThat(journal.settlement(result.id())).contains(result);

        settled(result, 32_000, 0);
        assertThat(drainUsage.drain()).isOne();
        assertThat(journal.pending()).isZero();
    }

    @Test
    void closes_an_orphan_of_which_the_journal_knows_no_more() {
        Ticket ticket = Calls.ticket(Calls.id(), Money.ofNanos(70));
        journal.sent(ticket);
        settled(Calls.orphan(ticket, 5), 31_000, 1);
        assertThat(drainUsage.drain()).isOne();

        assertThat(journal.pending()).isZero();
    }

    @Test
    void mends_when_it_comes_again_what_it_could_not_mend() {
        Ticket ticket = Calls.ticket(Calls.id(), Money.ofNanos(70));
        ledger.record(0, List.of(Calls.orphan(ticket, 5)), null);
        Settlement known = Calls.settled(ticket, 12);
        settled(known, 31_000, 1);
        isMending = false;
        assertThatThrownBy(drainUsage::drain).isInstanceOf(StoreUnavailable.class);
        assertThat(stream.backlog()).isOne();

        isMending = true;
        assertThat(drainUsage.drain()).isOne();
        assertThat(mended).containsExactly(known);
        assertThat(stream.backlog()).isZero();
    }

    private void mend(int shard, Collection<Settlement> calls) {
        if (!isMending) {
            throw new StoreUnavailable("away for the test", new TimeoutException());
        }
        mended.addAll(calls);
    }

    @Test
    void records_nothing_that_the_stream_lost_after_it_was_read() {
        Settlement settlement = settle();
        stream.isLosing = true;
        assertThat(drainUsage.drain()).isZero();
        assertThat(ledger.records()).isEmpty();
        assertThat(stream.backlog()).isOne();
        assertThat(journal.pending()).isOne();

        stream.isLosing = false;
        assertThat(drainUsage.drain()).isOne();
        assertThat(ledger.records()).containsExactly(settlement);
    }

    @Test
    void has_counters_mended_of_a_late_call_that_sql_knew_and_the_store_did_not() {
        Ticket ticket = Calls.ticket(Calls.id(), Money.ofNanos(70));
        ledger.record(0, List.of(Calls.orphan(ticket, 5)), null);
        Settlement known = Calls.settled(ticket, 12);
        Settlement unknown = Calls.settled(Calls.ticket(Calls.id(), Money.ofNanos(70)), 12);
        settled(known, 31_000, 1);
        settled(unknown, 31_000, 1);
        assertThat(drainUsage.drain()).isEqualTo(2);
        assertThat(mended).containsExactly(known);

        mended.clear();
        settled(known, 31_000, 0);
        settled(known, 30_000, 1);
        assertThat(drainUsage.drain()).isEqualTo(2);
        assertThat(mended).isEmpty();
    }

    private void settled(Settlement settlement, long afterMillis, long addedRequests) {
        long at = settlement.id().instant().toEpochMilli() + afterMillis;
        stream.entries.add(new Pending(
                new StreamId(at, stream.next++),
                settlement,
                addedRequests,
                settlement.charge().total()));
    }

    @Test
    void tends_the_journal_also_while_nothing_can_be_moved() {
        stream.isAway = true;
        assertThatThrownBy(drainUsage::drain).isInstanceOf(StoreUnavailable.class);
        assertThat(journal.trims()).isOne();

        isEnabled = false;
        assertThat(drainUsage.drain()).isZero();
        assertThat(journal.trims()).isEqualTo(2);
    }

    private Settlement settle() {
        Settlement settlement = Calls.settled(Calls.ticket(Calls.id(), Money.ofNanos(70)), 12);
        journal.settled(settlement);
        stream.entries.add(new Pending(
                new StreamId(0, stream.next++),
                settlement,
                1,
                settlement.charge().total()));
        return settlement;
    }

    /** A stream of a single shard. */
    private static final class OneShard implements UsageStream {
        private final List<Pending> entries = new ArrayList<>();
        private long next = 1;
        private boolean isForgetting = true;
        private boolean isAway;
        private boolean isLosing;

        @Override
        public int shards() {
            return 1;
        }

        @Override
        public String generation() {
            return "only life";
        }

        @Override
        public boolean has(int shard, StreamId entry) {
            return !isLosing
                    && entries.stream().anyMatch(pending -> pending.id().equals(entry));
        }

        @Override
        public List<Pending> pending(int shard, int max) {
            if (isAway) {
                throw new StoreUnavailable("away for the test", new TimeoutException());
            }
            return entries.stream().limit(max).toList();
        }

        @Override
        public void drained(int shard, List<Pending> committed) {
            if (isForgetting) {
                entries.removeAll(committed);
            }
        }

        @Override
        public long backlog() {
            return entries.size();
        }
    }
}
