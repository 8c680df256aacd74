package dev.tollgate.domain.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal T2: windows of every zone are contiguous, half-open, increasing, and contain the instant they are asked for. */
class EveryZoneEveryDayTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2036-01-01T00:00:00Z");
    private static final long SEED = 2026L;

    @Test
    void every_day_of_ten_years_follows_the_one_before_in_every_zone() {
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneId zone = ZoneId.of(id);
            WindowCalendar calendar = WindowCalendar.of(zone);
            Set<Duration> lengths = lengths(calendar, WindowKind.DAY);
            assertThat(lengths).as(id).isEqualTo(ownLengths(zone));
        }
    }

    @Test
    void weeks_and_months_follow_each_other_in_every_zone() {
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            assertThat(lengths(WindowCalendar.of(zone), WindowKind.WEEK)).as(id).isNotEmpty();
            assertThat(lengths(WindowCalendar.of(zone), WindowKind.MONTH))
                    .as(id)
                    .isNotEmpty();
            WindowCalendar anniversaries =
                    new WindowCalendar(zone, MonthRule.ANNIVERSARY, Instant.parse("2026-01-31T10:15:30Z"));
            assertThat(lengths(anniversaries, WindowKind.MONTH)).as(id).isNotEmpty();
        }
    }

    @Test
    void any_instant_lies_in_the_window_that_is_found_for_it() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            WindowCalendar calendar = WindowCalendar.of(ZoneId.of(id));
            for (int i = 0; i < 200; i++) {
                Instant instant = Instant.ofEpochMilli(random.nextLong(FROM.toEpochMilli(), TO.toEpochMilli()));
                for (WindowKind kind : WindowKind.values()) {
                    assertThat(calendar.window(kind, instant).contains(instant))
                            .as(id + instant)
                            .isTrue();
                }
            }
        }
    }

    /** In these zones midnight is skipped on the day clocks go forward: the day starts at one. */
    @ParameterizedTest
    @CsvSource({
        "Africa/Cairo, 2026-04-24",
        "Asia/Beirut, 2026-03-29",
        "America/Havana, 2026-03-08",
        "America/Santiago, 2026-09-06",
        "Atlantic/Azores, 2026-03-29",
    })
    void a_day_without_midnight_starts_with_its_first_instant(String id, LocalDate date) {
        ZoneId zone = ZoneId.of(id);
        Instant noon = date.atTime(12, 0).atZone(zone).toInstant();
        Window day = WindowCalendar.of(zone).window(WindowKind.DAY, noon);
        assertThat(day.start().atZone(zone).toLocalTime()).hasHour(1).hasMinute(0);
        assertThat(Duration.between(day.start(), day.end())).isEqualTo(Duration.ofHours(23));
        Window before =
                WindowCalendar.of(zone).window(WindowKind.DAY, day.start().minusNanos(1));
        assertThat(before.end()).isEqualTo(day.start());
    }

    @Test
    void a_date_that_begins_twice_is_one_window() {
        ZoneId newfoundland = ZoneId.of("America/St_Johns");
        WindowCalendar calendar = WindowCalendar.of(newfoundland);
        Instant secondTimeBeforeMidnight = Instant.parse("2006-10-29T02:45:00Z");
        assertThat(secondTimeBeforeMidnight.atZone(newfoundland).toLocalDate()).isEqualTo("2006-10-28");
        for (WindowKind kind : WindowKind.values()) {
            assertThat(calendar.window(kind, secondTimeBeforeMidnight).contains(secondTimeBeforeMidnight))
                    .isTrue();
        }
    }

    /** In 2009 Newfoundland's clocks went from a minute past midnight on 1 November back to 31 October. */
    @Test
    void a_month_that_begins_twice_is_one_window() {
        ZoneId newfoundland = ZoneId.of("America/St_Johns");
        Instant midnight = Instant.parse("2009-11-01T02:30:00Z");
        Instant octoberAgain = Instant.parse("2009-11-01T02:45:00Z");
        assertThat(octoberAgain.atZone(newfoundland).toLocalDate()).isEqualTo("2009-10-31");
        for (MonthRule rule : MonthRule.values()) {
            WindowCalendar calendar = new WindowCalendar(newfoundland, rule, Instant.parse("2009-07-01T02:30:00Z"));
            Window november = calendar.window(WindowKind.MONTH, octoberAgain);
            assertThat(november.start()).isEqualTo(midnight);
            assertThat(calendar.window(WindowKind.MONTH, midnight)).isEqualTo(november);
            assertThat(calendar.window(WindowKind.MONTH, midnight.minusNanos(1)).end())
                    .isEqualTo(midnight);
        }
    }

    @Test
    void a_date_that_never_was_is_no_window() {
        WindowCalendar samoa = WindowCalendar.of(ZoneId.of("Pacific/Apia"));
        Window last = samoa.window(WindowKind.DAY, Instant.parse("2011-12-30T09:59:59Z"));
        Window next = samoa.window(WindowKind.DAY, Instant.parse("2011-12-30T10:00:00Z"));
        assertThat(next.start()).isEqualTo(last.end());
        assertThat(Duration.between(next.start(), next.end())).isEqualTo(Duration.ofHours(24));
    }

    /** Walks from window to window and tells the lengths met. */
    private static Set<Duration> lengths(WindowCalendar calendar, WindowKind kind) {
        Set<Duration> lengths = new HashSet<>();
        Window window = calendar.window(kind, FROM);
        check(window.contains(FROM), window);
        while (window.end().isBefore(TO)) {
            Instant end = window.end();
            check(!window.contains(end) && window.contains(end.minusNanos(1)), window);
            check(calendar.window(kind, end.minusNanos(1)).equals(window), window);
            Window next = calendar.window(kind, end);
            check(next.start().equals(end) && next.contains(end) && next.end().isAfter(end), next);
            check(next.key().startEpochSecond() > window.key().startEpochSecond(), next);
            lengths.add(Duration.between(end, next.end()));
            window = next;
        }
        return lengths;
    }

    /** 24 hours, and for each change of the clocks 24 hours and the change. */
    private static Set<Duration> ownLengths(ZoneId zone) {
        Set<Duration> lengths = new HashSet<>();
        lengths.add(Duration.ofDays(1));
        ZoneOffsetTransition transition = zone.getRules().nextTransition(FROM);
        while (transition != null && transition.getInstant().isBefore(TO)) {
            lengths.add(Duration.ofDays(1).minus(transition.getDuration()));
            transition = zone.getRules().nextTransition(transition.getInstant());
        }
        return lengths;
    }

    private static void check(boolean holds, Window window) {
        if (!holds) {
            throw new AssertionError("not contiguous, half-open and increasing at " + window);
        }
    }
}
