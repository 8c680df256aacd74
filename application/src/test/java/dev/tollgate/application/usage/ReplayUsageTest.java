package dev.tollgate.application.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.usage.RecoverUsage.Recovered;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayUsageTest {
    private final InMemoryUsageLedger ledger = new InMemoryUsageLedger();
    private final LosingStream stream = new LosingStream();
    private InMemoryUsageJournal journal = new InMemoryUsageJournal();

    @Test
    void settles_again_what_the_store_lost_and_sql_lacks() {
        Settlement lost = settled(12);
        Settlement recorded = settled(13);
        ledger.record(7, List.of(recorded), null);
        ReplayUsageService replay = replay();

        assertThat(replay.isDue()).isTrue();
        assertThat(replay.replay()).isOne();
        assertThat(stream.settled).containsExactly(lost);
        assertThat(journal.pending()).isOne();
        assertThat(replay.isDue()).isFalse();
    }

    @Test
    void is_due_again_in_the_next_life() {
        ReplayUsageService replay = replay();
        assertThat(replay.replay()).isZero();
        Settlement lost = settled(12);
        assertThat(replay.isDue()).isFalse();

        stream.life = "second";
        assertThat(replay.isDue()).isTrue();
        assertThat(replay.replay()).isOne();
        assertThat(stream.settled).containsExactly(lost);
    }

    @Test
    void stays_due_until_all_is_settled() {
        ReplayUsageService replay = replay();
        Settlement lost = settled(12);
        stream.isAway = true;
        assertThatThrownBy(replay::replay).isInstanceOf(IllegalStateException.class);
        assertThat(replay.isDue()).isTrue();

        stream.isAway = false;
        assertThat(replay.replay()).isOne();
        assertThat(stream.settled).containsExactly(lost);
    }

    @Test
    void settles_a_result_again_of_which_sql_has_an_orphan_only() {
        Ticket ticket = ticket();
        ledger.record(7, List.of(Calls.orphan(ticket, 3)), null);
        Settlement result = Calls.settled(ticket, 8);
        journal.settled(result);

        assertThat(replay().replay()).isOne();
        assertThat(stream.settled).containsExactly(result);
    }

    @Test
    void frees_holds_that_came_back_though_sql_has_their_calls() {
        Settlement recorded = Calls.settled(ticket(), 12);
        Settlement orphan = Calls.orphan(ticket(), 12);
        ledger.record(7, List.of(recorded, orphan), null);
        RequestId running = Calls.id();
        stream.held.addAll(List.of(recorded.id(), orphan.id(), running));

        assertThat(replay().replay()).isZero();
        assertThat(stream.held).containsExactlyInAnyOrder(orphan.id(), running);
    }

    @Test
    void settles_again_what_is_overdue_in_the_same_life() {
        ReplayUsageService replay = replay();
        assertThat(replay.replay()).isZero();
        Settlement overdue = settled(12);
        assertThat(replay.isDue()).isFalse();

        assertThat(replay.replayOverdue()).isOne();
        assertThat(stream.settled).containsExactly(overdue);
    }

    @Test
    void brings_what_a_killed_process_left_into_the_store_at_the_next_start() {
        Settlement result = settled(12);
        Ticket broken = ticket();
        journal.sent(broken);
        journal.progress(List.of(Calls.progress(broken, 4)));
        journal = journal.restarted();

        assertThat(replay().recover()).isEqualTo(new Recovered(1, 1));
        assertThat(stream.settled).hasSize(2).contains(result);
        assertThat(stream.settled)
                .filteredOn(settlement -> settlement.status() == CallStatus.ORPHAN)
                .singleElement()
                .extracting(settlement -> settlement.charge().total())
                .isEqualTo(Money.ofNanos(4));
        assertThat(journal.pending()).isEqualTo(2);
    }

    private ReplayUsageService replay() {
        return new ReplayUsageService(journal, ledger, stream, new Orphans(new OnePrice()));
    }

    private Settlement settled(long tokens) {
        Settlement settlement = Calls.settled(ticket(), tokens);
        journal.settled(settlement);
        return settlement;
    }

    private static Ticket ticket() {
        return Calls.ticket(Calls.id(), Money.ofNanos(70));
    }

    /** A store that remembers what it was told again. */
    private static final class LosingStream implements LosableUsage {
        private final List<Settlement> settled = new ArrayList<>();
        private final Set<RequestId> held = new HashSet<>();
        private String life = "first";
        private boolean isAway;

        @Override
        public String life() {
            return life;
        }

        @Override
        public void settleAgain(Settlement settlement) {
            if (isAway) {
                throw new IllegalStateException("away for the test");
            }
            settled.add(settlement);
        }

        @Override
        public int shards() {
            return 16;
        }

        @Override
        public Set<RequestId> held(int shard) {
            return shard == 7 ? Set.copyOf(held) : Set.of();
        }

        @Override
        public void release(int shard, RequestId id) {
            held.remove(id);
        }
    }
}
