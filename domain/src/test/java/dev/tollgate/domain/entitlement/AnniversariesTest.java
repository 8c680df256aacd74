package dev.tollgate.domain.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal T4: months from anniversary to anniversary, counted from the anchor, the last one cut at expiry. */
class AnniversariesTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-31T09:30:00Z, 2026-02-28T09:30:00Z, 2026-03-31T09:30:00Z, 2026-04-30T09:30:00Z",
        "2026-01-30T00:00:00Z, 2026-02-28T00:00:00Z, 2026-03-30T00:00:00Z, 2026-04-30T00:00:00Z",
        "2026-01-29T00:00:00Z, 2026-02-28T00:00:00Z, 2026-03-29T00:00:00Z, 2026-04-29T00:00:00Z",
        "2028-01-31T23:59:59Z, 2028-02-29T23:59:59Z, 2028-03-31T23:59:59Z, 2028-04-30T23:59:59Z",
        "2028-01-29T12:00:00Z, 2028-02-29T12:00:00Z, 2028-03-29T12:00:00Z, 2028-04-29T12:00:00Z",
    })
    void a_month_that_is_too_short_ends_early_and_the_next_one_is_whole_again(
            Instant anchor, Instant first, Instant second, Instant third) {
        WindowCalendar calendar = monthly(ZoneOffset.UTC, anchor);
        assertThat(calendar.window(WindowKind.MONTH, anchor)).isEqualTo(month(anchor, first));
        assertThat(calendar.window(WindowKind.MONTH, first.minusNanos(1))).isEqualTo(month(anchor, first));
        assertThat(calendar.window(WindowKind.MONTH, first)).isEqualTo(month(first, second));
        assertThat(calendar.window(WindowKind.MONTH, second)).isEqualTo(month(second, third));
    }

    @Test
    void one_begun_on_a_leap_day_keeps_the_last_of_february_until_the_next() {
        WindowCalendar calendar = monthly(ZoneOffset.UTC, Instant.parse("2028-02-29T00:00:00Z"));
        assertThat(calendar.window(WindowKind.MONTH, Instant.parse("2029-02-28T00:00:00Z")))
                .isEqualTo(month(Instant.parse("2029-02-28T00:00:00Z"), Instant.parse("2029-03-29T00:00:00Z")));
        assertThat(calendar.window(WindowKind.MONTH, Instant.parse("2032-02-29T12:00:00Z"))
                        .start())
                .isEqualTo("2032-02-29T00:00:00Z");
    }

    @Test
    void are_found_far_from_the_anchor_and_before_it() {
        Instant anchor = Instant.parse("2026-01-31T06:00:00Z");
        WindowCalendar calendar = monthly(ZoneOffset.UTC, anchor);
        assertThat(calendar.window(WindowKind.MONTH, Instant.parse("2126-02-28T06:00:00Z"))
                        .start())
                .isEqualTo("2126-02-28T06:00:00Z");
        assertThat(calendar.window(WindowKind.MONTH, anchor.minusNanos(1)).end())
                .isEqualTo(anchor);
    }

    @Test
    void keep_their_hour_on_the_wall_when_clocks_change() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Instant anchor = ZonedDateTime.of(2026, 1, 15, 9, 0, 0, 0, berlin).toInstant();
        for (Window window : periods(Grants.subscription(
                monthly(berlin, anchor),
                anchor,
                ZonedDateTime.of(2027, 1, 15, 9, 0, 0, 0, berlin).toInstant()))) {
            assertThat(window.start().atZone(berlin).toLocalTime()).hasHour(9).hasMinute(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "12", "36"})
    void a_term_of_whole_months_grants_that_many_periods_and_not_one_more(int months) {
        for (int day = 1; day <= 31; day++) {
            ZonedDateTime start = ZonedDateTime.of(2027, 12, day, 8, 0, 0, 0, ZoneOffset.UTC);
            Instant end = start.plusMonths(months).toInstant();
            List<Window> periods =
                    periods(Grants.subscription(monthly(ZoneOffset.UTC, start.toInstant()), start.toInstant(), end));
            assertThat(periods).hasSize(months);
            assertThat(periods.get(months - 1).end()).isEqualTo(end);
        }
    }

    @Test
    void the_last_period_is_cut_at_expiry() {
        Instant start = Instant.parse("2026-01-31T00:00:00Z");
        Instant end = start.plusSeconds(30 * 86_400L);
        List<Window> periods = periods(Grants.subscription(monthly(ZoneOffset.UTC, start), start, end));
        assertThat(periods)
                .containsExactly(
                        month(start, Instant.parse("2026-02-28T00:00:00Z")),
                        month(Instant.parse("2026-02-28T00:00:00Z"), end));
    }

    private static List<Window> periods(UserPackage held) {
        List<Window> periods = new ArrayList<>();
        Instant at = held.startsAt();
        while (at.isBefore(held.expiresAt())) {
            Window month = held.windowsAt(at).get(2);
            periods.add(month);
            at = month.end();
        }
        assertThat(held.unfit("claude-x", at)).isEqualTo(UserPackage.Unfit.EXPIRED);
        return periods;
    }

    private static WindowCalendar monthly(ZoneId zone, Instant anchor) {
        return new WindowCalendar(zone, MonthRule.ANNIVERSARY, anchor);
    }

    private static Window month(Instant start, Instant end) {
        return new Window(WindowKind.MONTH, start, end);
    }
}
