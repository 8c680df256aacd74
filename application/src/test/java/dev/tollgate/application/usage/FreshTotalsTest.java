package dev.tollgate.application.usage;

import static dev.tollgate.application.usage.Calls.ACCOUNT;
import static dev.tollgate.application.usage.Calls.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.usage.FreshTotals.Today;
import dev.tollgate.application.usage.ReportAccountUsage.Freshness;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FreshTotalsTest {
    private static final Instant NOW = SteppedClock.NOON.plusSeconds(60);
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final Totalled EVERYONE = new Totalled.Everyone();
    private static final Span MONTH = RangeName.MONTH.at(NOW, ZoneOffset.UTC);

    private final InMemoryUsageLedger ledger = new InMemoryUsageLedger();
    private final InMemoryLiveTotals live = new InMemoryLiveTotals();
    private final FreshTotals totals = new FreshTotals(live, new InMemoryUsage(ledger::records), live, () -> NOW);

    @Test
    void the_live_store_comes_first_and_the_records_fill_in() {
        UserId other = new UserId(8);
        record(Calls.settled(Calls.ticket(Calls.id(), Money.ZERO), 60));
        record(Calls.settled(Calls.ticket(Calls.id(), other, Money.ZERO), 5));
        live.knows(new Totalled.OfUser(USER), new DatedTotals(sums(2, 67), Map.of()));

        assertThat(totals.users(List.of(USER, other, new UserId(9))))
                .isEqualTo(Map.of(USER, sums(2, 67), other, sums(1, 5)));
        assertThat(totals.accounts(List.of(ACCOUNT)).get(ACCOUNT).requests()).isEqualTo(2);
    }

    @Test
    void today_is_live_where_the_zone_s_day_is_the_utc_day() {
        record(Calls.settled(Calls.ticket(Calls.id(), Money.ZERO), 60));
        live.knows(EVERYONE, new DatedTotals(sums(9, 900), days(2, 67)));

        assertThat(totals.today(ZoneOffset.UTC)).isEqualTo(new Today(sums(2, 67), new Freshness("live", NOW)));
        assertThat(totals.today(ZoneId.of("Asia/Tokyo"))).isEqualTo(new Today(sums(1, 60), new Freshness("sql", NOW)));
    }

    @Test
    void records_count_up_to_the_first_call_they_do_not_have() {
        Instant first = NOW.minus(Duration.ofMinutes(3));
        live.settle(Calls.settled(Calls.ticket(Calls.id(first), Money.ZERO), 1));
        live.settle(Calls.settled(Calls.ticket(Calls.id(NOW), Money.ZERO), 1));

        assertThat(totals.today(ZoneOffset.UTC)).isEqualTo(new Today(Totals.NONE, new Freshness("sql", first)));
    }

    @Test
    void a_month_is_live_if_every_day_of_it_is_known() {
        Totalled account = new Totalled.OfAccount(ACCOUNT);
        live.knows(account, new DatedTotals(sums(9, 900), days(2, 67)));
        FreshReading reading = totals.read(List.of(account), MONTH.from(), Slice.ALL);
        assertThat(reading.of(account, MONTH)).isEqualTo(sums(42, 1_407));
        assertThat(totals.freshness(reading).source()).isEqualTo("live");

        live.knows(account, new DatedTotals(sums(9, 900), Map.of(TODAY, sums(2, 67))));
        reading = totals.read(List.of(account), MONTH.from(), Slice.ALL);
        assertThat(reading.of(account, MONTH)).isEqualTo(Totals.NONE);
        assertThat(reading.of(account, RangeName.TODAY.at(NOW, ZoneOffset.UTC))).isEqualTo(sums(2, 67));
        assertThat(reading.of(account, RangeName.TOTAL.at(NOW, ZoneOffset.UTC))).isEqualTo(sums(9, 900));
        assertThat(totals.freshness(reading).source()).isEqualTo("merged");
    }

    @Test
    void a_span_that_is_over_comes_from_the_records() {
        Totalled account = new Totalled.OfAccount(new AccountId(4));
        live.knows(account, new DatedTotals(sums(9, 900), days(2, 67)));
        FreshReading reading = totals.read(List.of(account), MONTH.from(), Slice.ALL);

        assertThat(reading.of(account, new Span(MONTH.from(), NOW.minusSeconds(1))))
                .isEqualTo(Totals.NONE);
    }

    private void record(Settlement settlement) {
        ledger.record(0, List.of(settlement), null);
    }

    /** Every day of the month so far, each the same. */
    private static Map<LocalDate, Totals> days(long requests, long output) {
        return TODAY.withDayOfMonth(1)
                .datesUntil(TODAY.plusDays(1))
                .collect(Collectors.toMap(day -> day, day -> sums(requests, output)));
    }

    private static Totals sums(long requests, long output) {
        return new Totals(requests, 0, 0, output, 0, 0, Money.ofNanos(output), SteppedClock.NOON);
    }
}
