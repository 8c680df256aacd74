package dev.tollgate.application.usage;

import static dev.tollgate.application.usage.Calls.ACCOUNT;
import static dev.tollgate.application.usage.Calls.KEY;
import static dev.tollgate.application.usage.Calls.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.usage.RecordedTotals.Seed;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What totals out of the records must be, wherever the records are. */
public abstract class RecordedTotalsContract {
    private static final int SHARDS = 16;
    private static final int SHARD = 7;
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final Totalled OF_USER = new Totalled.OfUser(USER);
    private static final Totalled OF_KEY = new Totalled.OfKey(KEY);
    private static final Totalled OF_ACCOUNT = new Totalled.OfAccount(ACCOUNT);

    private static final Totalled ALL = new Totalled.Everyone();

    protected abstract UsageLedger ledger();

    protected abstract RecordedTotals totals();

    @Test
    void are_the_sums_of_all_time_and_of_the_days_from_one_on() {
        ledger().record(
                        SHARD,
                        List.of(
                                settled(SteppedClock.NOON, 60),
                                settled(SteppedClock.NOON.plusSeconds(1), 7),
                                settled(SteppedClock.NOON.minus(Duration.ofDays(1)), 500),
                                settled(SteppedClock.NOON.minus(Duration.ofDays(2)), 4_000)),
                        new StreamPosition("life", new StreamId(0, 4)));

        Seed seed = seed(SHARD, TODAY.minusDays(1), OF_USER, OF_KEY, OF_ACCOUNT, ALL);

        assertThat(seed.drained()).isEqualTo(new StreamPosition("life", new StreamId(0, 4)));
        DatedTotals expected = new DatedTotals(
                totals(4, 4_567, SteppedClock.NOON.plusSeconds(1)),
                Map.of(
                        TODAY,
                        totals(2, 67, SteppedClock.NOON.plusSeconds(1)),
                        TODAY.minusDays(1),
                        totals(1, 500, SteppedClock.NOON.minus(Duration.ofDays(1)))));
        assertThat(seed.sums())
                .isEqualTo(Map.of(OF_USER, expected, OF_KEY, expected, OF_ACCOUNT, expected, ALL, expected));
    }

    @Test
    void have_an_account_s_part_by_shard() {
        Ticket others = Calls.ticket(Calls.id(), new UserId(8), Money.ZERO);
        ledger().record(SHARD, List.of(settled(SteppedClock.NOON, 60)), null);
        ledger().record(SHARD + 1, List.of(Calls.settled(others, 5)), null);

        assertThat(seed(SHARD, TODAY, OF_ACCOUNT).sums().get(OF_ACCOUNT))
                .isEqualTo(new DatedTotals(
                        totals(1, 60, SteppedClock.NOON), Map.of(TODAY, totals(1, 60, SteppedClock.NOON))));
        assertThat(seed(SHARD + 1, TODAY, OF_ACCOUNT).sums().get(OF_ACCOUNT))
                .isEqualTo(new DatedTotals(
                        totals(1, 5, SteppedClock.NOON), Map.of(TODAY, totals(1, 5, SteppedClock.NOON))));
    }

    @Test
    void are_nothing_where_nothing_was_used() {
        assertThat(seed(SHARD, TODAY, OF_USER, OF_ACCOUNT, ALL).sums())
                .isEqualTo(Map.of(OF_USER, DatedTotals.NONE, OF_ACCOUNT, DatedTotals.NONE, ALL, DatedTotals.NONE));
    }

    private Seed seed(int shard, LocalDate since, Totalled... wanted) {
        return totals().seed(shard, SHARDS, List.of(wanted), since, seed -> seed);
    }

    private static Settlement settled(Instant at, long tokens) {
        return Calls.settled(Calls.ticket(Calls.id(at), Money.ZERO), tokens);
    }

    private static Totals totals(long requests, long output, Instant lastUsedAt) {
        return new Totals(requests, 0, 0, output, 0, 0, Money.ofNanos(output), lastUsedAt);
    }
}
