package dev.tollgate.persistence.sql.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.application.usage.UsageLedgerContract;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.pricing.Charge;
import dev.tollgate.domain.relay.Asked;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.persistence.sql.TestDatabase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SqlUsageLedgerTest extends UsageLedgerContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    private final ThreadLocal<Integer> instantsLeft = ThreadLocal.withInitial(() -> Integer.MAX_VALUE);
    private final InstantSource clock = () -> {
        instantsLeft.set(instantsLeft.get() - 1);
        if (instantsLeft.get() < 0) {
            throw new Killed();
        }
        return SteppedClock.NOON;
    };
    private final UsageLedger ledger = new SqlUsageLedger(DATABASE.transactions(), clock);

    @AfterAll
    static void stop() {
        DATABASE.close();
    }

    @AfterEach
    void empty() {
        UsageTables.empty(DATABASE);
    }

    @Override
    protected UsageLedger ledger() {
        return ledger;
    }

    /** Dies before the commit now and then, with everything inserted; the batch then comes again. */
    @Override
    protected void deliver(List<Settlement> batch, Random random) {
        if (random.nextInt(10) == 0) {
            killBeforeCommit(batch);
        }
        super.deliver(batch, random);
    }

    private void killBeforeCommit(List<Settlement> batch) {
        instantsLeft.set(1);
        try {
            assertThatThrownBy(() -> ledger.record(SHARD, batch, null)).isInstanceOf(Killed.class);
        } finally {
            instantsLeft.set(Integer.MAX_VALUE);
        }
    }

    @Test
    void leaves_nothing_of_a_transaction_that_was_not_committed() {
        Settlement settlement = Calls.settled(ticket(), 12);
        killBeforeCommit(List.of(settlement));
        assertThat(number("SELECT COUNT(*) FROM usage_record")).isZero();

        ledger.record(SHARD, List.of(settlement), null);
        assertThat(total().requests()).isOne();
    }

    @Test
    void adds_the_same_to_every_sum() {
        List<Settlement> batch = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            batch.add(Calls.settled(Calls.ticket(Calls.id(), new UserId(7 + 16L * (i % 4)), nanos(70)), i));
        }
        batch.add(Calls.orphan(ticket(), 5));
        ledger.record(SHARD, batch, null);
        ledger.record(SHARD, List.of(Calls.settled(batch.getLast().ticket(), 12)), null);

        long nanos = 49 * 50 / 2 + 12;
        assertThat(number("SELECT SUM(total_cost_nanos) FROM usage_record")).isEqualTo(nanos);
        assertThat(number("SELECT COUNT(*) FROM usage_record WHERE entry = 1")).isOne();
        for (String table : List.of("usage_quarter", "usage_day", "account_totals", "user_totals", "key_totals")) {
            assertThat(number("SELECT SUM(cost_nanos) FROM " + table)).as(table).isEqualTo(nanos);
            assertThat(number("SELECT SUM(requests) FROM " + table)).as(table).isEqualTo(51);
            assertThat(number("SELECT SUM(errors) FROM " + table)).as(table).isZero();
            assertThat(number("SELECT SUM(output_tokens) FROM " + table))
                    .as(table)
                    .isEqualTo(nanos);
        }
        assertThat(number("SELECT SUM(latency_250) FROM usage_day")).isEqualTo(51);
        assertThat(number("SELECT SUM(latency_count) FROM usage_day")).isEqualTo(51);
        assertThat(number("SELECT SUM(upstream_cost_picos) FROM account_upstream"))
                .isEqualTo(nanos * 900);
        assertThat(number("SELECT SUM(attempts) FROM account_upstream")).isEqualTo(51);
        assertThat(number("SELECT COUNT(*) FROM usage_quarter")).isEqualTo(4);
    }

    @Test
    void moves_an_orphan_without_account_to_the_one_that_served() {
        Settlement served = Calls.settled(ticket(), 12);
        Settlement orphan = new Settlement(
                served.ticket(),
                CallStatus.ORPHAN,
                0,
                served.usageSource(),
                Usage.NONE,
                Charge.NOTHING,
                List.of(),
                served.timing(),
                served.flags());
        ledger.record(SHARD, List.of(orphan), null);
        ledger.record(SHARD, List.of(served), null);

        assertThat(number("SELECT SUM(requests) FROM account_totals WHERE account_id = 0"))
                .isZero();
        assertThat(number("SELECT SUM(requests) FROM account_totals WHERE account_id = 3"))
                .isOne();
        assertThat(number("SELECT SUM(cost_nanos) FROM usage_day WHERE account_id = 3"))
                .isEqualTo(12);
        assertThat(total().requests()).isOne();
    }

    @Test
    void puts_aside_what_cannot_be_written_and_records_the_rest() {
        Settlement poison = Calls.settled(withPlatform(ticket(), "p".repeat(500)), 3);
        List<Settlement> batch = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            batch.add(Calls.settled(ticket(), 1));
        }
        batch.add(4, poison);
        ledger.record(SHARD, batch, null);
        ledger.record(SHARD, batch, null);

        assertThat(number("SELECT COUNT(*) FROM usage_record")).isEqualTo(9);
        assertThat(number("SELECT SUM(cost_nanos) FROM dead_letter")).isEqualTo(3);
        assertThat(ledger.recorded(List.of(poison.id()))).containsExactly(poison.id());
        assertThat(total()).isEqualTo(new UsageLedger.Used(10, nanos(12)));
    }

    private static Ticket withPlatform(Ticket ticket, String platform) {
        Asked asked = ticket.asked();
        return new Ticket(
                ticket.id(),
                ticket.caller(),
                new Asked(
                        asked.dialect(),
                        asked.requestedModel(),
                        asked.model(),
                        platform,
                        asked.stream(),
                        asked.priceVersion(),
                        asked.multiplier()),
                ticket.hold(),
                ticket.windows());
    }

    private static long number(String query) {
        return UsageTables.number(DATABASE, query);
    }

    /** Stands for the process's end at that moment. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
