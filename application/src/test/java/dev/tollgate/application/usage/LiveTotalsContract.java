package dev.tollgate.application.usage;

import static dev.tollgate.application.usage.Calls.ACCOUNT;
import static dev.tollgate.application.usage.Calls.KEY;
import static dev.tollgate.application.usage.Calls.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.usage.UsageStream.Pending;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every live store's totals must be, whatever it keeps them in. */
public abstract class LiveTotalsContract {
    protected static final int SHARDS = 16;
    protected static final int SHARD = 7;
    protected static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    protected static final Totalled OF_USER = new Totalled.OfUser(USER);
    protected static final Totalled OF_KEY = new Totalled.OfKey(KEY);
    protected static final Totalled OF_ACCOUNT = new Totalled.OfAccount(ACCOUNT);
    protected static final Totalled ALL = new Totalled.Everyone();
    private static final AccountId OTHER = new AccountId(4);
    private static final int MANY = 1_000_000;

    protected final SteppedClock clock = new SteppedClock();
    protected final InMemoryUsageLedger ledger = new InMemoryUsageLedger();
    protected LiveStore store;
    protected LiveTotals totals;
    private WarmTotals warmTotals;

    /** A store without any data. */
    protected abstract Stores create(UsageLedger ledger, InstantSource clock, int shards);

    /** One store from both its sides. */
    public record Stores(LiveStore store, LiveTotals totals) {}

    @BeforeEach
    void start() {
        begin(create(ledger, clock, SHARDS));
    }

    private void begin(Stores begun) {
        store = begun.store();
        totals = begun.totals();
        warmTotals = new WarmTotalsService(
                totals, new InMemoryRecordedTotals(ledger), store, () -> List.of(ACCOUNT, OTHER), clock);
    }

    protected final void warm() {
        int rounds = 0;
        while (warmTotals.warm() > 0) {
            rounds++;
            assertThat(rounds).as("rounds").isLessThan(100);
        }
    }

    @Test
    void know_nothing_while_they_are_cold() {
        settle(Calls.settled(ticket(USER), 60));

        assertThat(totals.totals(List.of(OF_USER, OF_KEY, OF_ACCOUNT), Set.of(TODAY)))
                .isEmpty();
        assertThat(totals.cold(SHARD, MANY)).containsExactlyInAnyOrder(OF_USER, OF_KEY, OF_ACCOUNT, ALL);
        assertThat(totals.cold(SHARD, 2)).hasSize(2);
        assertThat(totals.cold(SHARD + 1, MANY)).isEmpty();
    }

    @Test
    void have_a_settled_call_at_once() {
        settle(Calls.settled(ticket(USER), 60));
        warm();
        settle(Calls.settled(ticket(USER), 7));

        DatedTotals both = new DatedTotals(sums(2, 0, 67), Map.of(TODAY, sums(2, 0, 67)));
        assertThat(totals.totals(List.of(OF_USER, OF_KEY, OF_ACCOUNT, ALL), Set.of(TODAY)))
                .isEqualTo(Map.of(OF_USER, both, OF_KEY, both, OF_ACCOUNT, both, ALL, both));
        assertThat(totals.cold(SHARD, MANY)).isEmpty();
    }

    @Test
    void have_what_sql_has_and_what_is_on_its_way() {
        ledger.record(SHARD, List.of(Calls.settled(ticket(USER), 20)), null);
        settle(Calls.settled(ticket(USER), 300));
        drain(false);
        settle(Calls.settled(ticket(USER), 4_000));
        warm();

        assertThat(total(OF_USER)).isEqualTo(sums(3, 0, 4_320));
        assertThat(total(OF_ACCOUNT)).isEqualTo(sums(3, 0, 4_320));
        drain(true);
        warm();
        assertThat(total(OF_USER)).isEqualTo(sums(3, 0, 4_320));
    }

    @Test
    void count_a_call_once_however_often_it_is_settled() {
        warm();
        Settlement settlement = Calls.settled(ticket(USER), 60);
        settle(settlement);
        settle(settlement);
        settle(Calls.orphan(settlement.ticket(), 9));
        warm();

        assertThat(total(OF_USER)).isEqualTo(sums(1, 0, 60));
    }

    @Test
    void take_an_orphan_back_when_its_result_comes() {
        settle(Calls.settled(ticket(USER), 1));
        warm();
        Ticket ticket = ticket(USER);
        settle(Calls.orphan(ticket, 9));
        assertThat(total(OF_KEY)).isEqualTo(sums(2, 1, 10));
        settle(Calls.settled(ticket, 60));

        DatedTotals both = new DatedTotals(sums(2, 0, 61), Map.of(TODAY, sums(2, 0, 61)));
        assertThat(totals.totals(List.of(OF_USER, OF_KEY, OF_ACCOUNT), Set.of(TODAY)))
                .isEqualTo(Map.of(OF_USER, both, OF_KEY, both, OF_ACCOUNT, both));
    }

    @Test
    void move_a_call_to_the_account_that_served_in_the_end() {
        settle(Calls.settled(ticket(USER), 1));
        warm();
        Ticket ticket = ticket(USER);
        settle(Calls.orphan(ticket, 9));
        settle(Calls.servedBy(OTHER, Calls.settled(ticket, 60)));

        assertThat(total(OF_ACCOUNT)).isEqualTo(sums(1, 0, 1));
        assertThat(total(new Totalled.OfAccount(OTHER))).isEqualTo(sums(1, 0, 60));
        assertThat(total(OF_USER)).isEqualTo(sums(2, 0, 61));
    }

    @Test
    void know_an_orphan_s_difference_that_is_on_its_way() {
        Ticket ticket = ticket(USER);
        settle(Calls.orphan(ticket, 9));
        drain(false);
        settle(Calls.servedBy(OTHER, Calls.settled(ticket, 60)));
        warm();

        assertThat(total(OF_ACCOUNT)).isEqualTo(sums(0, 0, 0));
        assertThat(total(new Totalled.OfAccount(OTHER))).isEqualTo(sums(1, 0, 60));
        assertThat(total(OF_USER)).isEqualTo(sums(1, 0, 60));
    }

    @Test
    void know_an_account_by_all_shards_only() {
        settle(Calls.settled(ticket(USER), 60));
        settle(Calls.settled(ticket(new UserId(8)), 5));
        assertThat(warmIn(SHARD)).isTrue();
        assertThat(totals.totals(List.of(OF_ACCOUNT), Set.of())).isEmpty();
        warm();

        assertThat(total(OF_ACCOUNT)).isEqualTo(sums(2, 0, 65));
        assertThat(total(new Totalled.OfUser(new UserId(8)))).isEqualTo(sums(1, 0, 5));
    }

    private boolean warmIn(int shard) {
        return new InMemoryRecordedTotals(ledger)
                .seed(shard, SHARDS, List.of(OF_ACCOUNT, OF_USER), TODAY, seed -> totals.warm(shard, seed));
    }

    @Test
    void begin_each_utc_day_at_nothing() {
        settle(Calls.settled(ticket(USER), 60));
        warm();
        clock.advance(Duration.ofHours(12));
        LocalDate tomorrow = TODAY.plusDays(1);
        Set<LocalDate> days = Set.of(LocalDate.of(2026, 10, 31), TODAY, tomorrow);

        assertThat(totals.totals(List.of(OF_USER), days).get(OF_USER).days())
                .isEqualTo(Map.of(TODAY, sums(1, 0, 60), tomorrow, Totals.NONE));
        Ticket night = ticket(USER);
        settle(Calls.settled(night, 7));
        assertThat(totals.totals(List.of(OF_USER), days).get(OF_USER).days())
                .isEqualTo(Map.of(
                        TODAY,
                        sums(1, 0, 60),
                        tomorrow,
                        Counts.of(Calls.settled(night, 7)).added()));
    }

    @Test
    void are_not_set_twice() {
        settle(Calls.settled(ticket(USER), 60));
        warm();
        assertThat(warmIn(SHARD)).isTrue();
        settle(Calls.settled(ticket(USER), 1));

        assertThat(total(OF_USER)).isEqualTo(sums(2, 0, 61));
    }

    @Test
    void agree_with_sql_and_the_stream_at_every_moment() {
        Random random = new Random(4);
        List<Ticket> orphans = new ArrayList<>();
        Map<RequestId, Settlement> last = new HashMap<>();
        for (int step = 0; step < 300; step++) {
            AccountId by = random.nextBoolean() ? ACCOUNT : OTHER;
            Ticket ticket = random.nextInt(3) == 0 && !orphans.isEmpty()
                    ? orphans.remove(random.nextInt(orphans.size()))
                    : ticket(new UserId(7 + random.nextInt(3)));
            boolean isOrphan = !last.containsKey(ticket.id()) && random.nextInt(3) == 0;
            Settlement settlement = Calls.servedBy(
                    by,
                    isOrphan ? Calls.orphan(ticket, random.nextInt(50)) : Calls.settled(ticket, random.nextInt(90)));
            settle(settlement);
            last.put(ticket.id(), settlement);
            if (isOrphan) {
                orphans.add(ticket);
            }
            if (random.nextInt(20) == 0) {
                warm();
            }
            if (random.nextInt(10) == 0) {
                drain(random.nextBoolean());
            }
        }
        warm();

        Map<Totalled, DatedTotals> expected = new HashMap<>();
        last.values().stream()
                .map(Counts::of)
                .forEach(counts -> counts.whose()
                        .forEach(whose -> expected.merge(
                                whose, DatedTotals.NONE.plus(counts), (some, more) -> some.plus(counts))));
        assertThat(totals.totals(expected.keySet(), Set.of(TODAY))).isEqualTo(expected);
        for (int shard = SHARD; shard < SHARD + 3; shard++) {
            agrees(shard);
        }
    }

    private void agrees(int shard) {
        TotalsSnapshot snapshot = totals.totals(shard, totals.known(shard), Set.of(TODAY));
        assertThat(snapshot.totals()).hasSizeGreaterThanOrEqualTo(3);
        boolean done = new InMemoryRecordedTotals(ledger)
                .seed(shard, SHARDS, snapshot.totals().keySet(), TODAY, seed -> {
                    seed.completed(snapshot.generation(), snapshot.pending())
                            .forEach((whose, expected) -> assertThat(
                                            snapshot.totals().get(whose).total())
                                    .as("%s", whose)
                                    .isEqualTo(expected.total()));
                    return true;
                });
        assertThat(done).isTrue();
    }

    protected final void settle(Settlement settlement) {
        store.settle(settlement);
    }

    private void drain(boolean isTold) {
        for (int shard = 0; shard < SHARDS; shard++) {
            List<Pending> pending = store.pending(shard, MANY);
            if (!pending.isEmpty()) {
                ledger.record(
                        shard,
                        pending.stream().map(Pending::settlement).toList(),
                        new StreamPosition(store.generation(), pending.getLast().id()));
                if (isTold) {
                    store.drained(shard, pending);
                }
            }
        }
    }

    protected final Totals total(Totalled whose) {
        return totals.totals(List.of(whose), Set.of()).get(whose).total();
    }

    protected final Ticket ticket(UserId user) {
        return Calls.ticket(Calls.id(clock.instant()), user, Money.ZERO);
    }

    protected static Totals sums(long requests, long errors, long output) {
        return new Totals(requests, errors, 0, output, 0, 0, Money.ofNanos(output), SteppedClock.NOON);
    }
}
