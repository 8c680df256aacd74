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
import dev.tollgate.domain.relay.AttemptRecord;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Caller;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.persistence.sql.TestDatabase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
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
        Settlement poison = UsageTables.unwritable(Calls.settled(ticket(), 3));
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
        assertThat(ledger.deadLetters()).isOne();
        assertThat(total()).isEqualTo(new UsageLedger.Used(10, nanos(12)));
    }

    @Test
    void records_names_that_are_longer_than_their_columns() {
        String text = "\uD83D\uDE00".repeat(1_000);
        Ticket ticket = named(ticket(), text);
        ledger.record(SHARD, List.of(named(Calls.orphan(ticket, 5), text)), null);
        ledger.record(SHARD, List.of(named(Calls.settled(ticket, 12), text), Calls.settled(ticket(), 1)), null);

        assertThat(number("SELECT COUNT(*) FROM dead_letter")).isZero();
        assertThat(number("SELECT COUNT(*) FROM usage_record")).isEqualTo(3);
        assertThat(number("SELECT SUM(tries) FROM usage_attempt")).isEqualTo(2);
        assertThat(number("SELECT SUM(cost_nanos) FROM usage_day")).isEqualTo(13);
        assertThat(total()).isEqualTo(new UsageLedger.Used(2, nanos(13)));
        String whole = text.substring(0, 190); // 191 would be half a character
        for (String column : List.of("requested_model", "model", "upstream_model")) {
            assertThat(DATABASE.transactions()
                            .<Long>read(sql ->
                                    sql.number("SELECT COUNT(*) FROM usage_record WHERE " + column + " = ?", whole)))
                    .as(column)
                    .isEqualTo(2);
        }
    }

    private static Ticket named(Ticket ticket, String text) {
        Asked asked = ticket.asked();
        return new Ticket(
                ticket.id(),
                new Caller(ticket.caller().userId(), ticket.caller().apiKeyId(), text, text),
                new Asked(text, text, text, text, asked.stream(), asked.priceVersion(), asked.multiplier()),
                ticket.hold(),
                ticket.windows(),
                text);
    }

    private static Settlement named(Settlement settlement, String text) {
        AttemptRecord last = settlement.attempts().getLast();
        AttemptRecord named = new AttemptRecord(
                last.number(),
                last.accountId(),
                last.accountType(),
                text,
                last.startedAt(),
                last.endedAt(),
                last.httpStatus(),
                text,
                last.tokens(),
                last.upstreamCost());
        return new Settlement(
                settlement.ticket(),
                settlement.status(),
                settlement.httpStatus(),
                settlement.usageSource(),
                settlement.usage(),
                settlement.charge(),
                List.of(named),
                settlement.timing(),
                new TreeSet<>(List.of(text)));
    }

    @Test
    void puts_aside_only_what_an_orphan_in_its_place_has_not_counted() {
        Ticket ticket = ticket();
        Settlement poison = UsageTables.unwritable(Calls.settled(ticket, 12));
        ledger.record(SHARD, List.of(Calls.orphan(ticket, 5)), null);
        ledger.record(SHARD, List.of(poison), null);
        ledger.record(SHARD, List.of(poison, Calls.orphan(ticket, 5)), null);

        assertThat(number("SELECT SUM(cost_nanos) FROM dead_letter")).isEqualTo(12);
        assertThat(total()).isEqualTo(new UsageLedger.Used(1, nanos(12)));
        assertThat(ledger.recorded(List.of(poison.id()))).containsExactly(poison.id());
    }

    @Test
    void puts_nothing_aside_of_a_call_that_is_recorded() {
        Ticket ticket = ticket();
        ledger.record(SHARD, List.of(Calls.settled(ticket, 12)), null);
        ledger.record(SHARD, List.of(UsageTables.unwritable(Calls.settled(ticket, 12))), null);

        assertThat(number("SELECT COUNT(*) FROM dead_letter")).isZero();
        assertThat(total()).isEqualTo(new UsageLedger.Used(1, nanos(12)));
    }

    private static long number(String query) {
        return UsageTables.number(DATABASE, query);
    }

    /** Stands for the process's end at that moment. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
