package dev.tollgate.domain.entitlement;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * Finds the window an instant lies in, by arithmetic from the calendar or the anchor, never by stepping.
 *
 * <p>A day starts with its zone's first instant of that date (which need not be midnight), a week with its Monday's
 * date, a month with the calendar's first or the anchor's anniversary (31 January → 28 February → 31 March).
 */
public record WindowCalendar(ZoneId zone, MonthRule monthRule, Instant anchor) {
    public static WindowCalendar of(ZoneId zone) {
        return new WindowCalendar(zone, MonthRule.CALENDAR, Instant.EPOCH);
    }

    public Window window(WindowKind kind, Instant instant) {
        return switch (kind) {
            case DAY -> days(WindowKind.DAY, date(instant), 1);
            case WEEK ->
                days(WindowKind.WEEK, date(instant).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), 7);
            case MONTH -> month(instant);
            case TOTAL -> Window.TOTAL;
        };
    }

    private LocalDate date(Instant instant) {
        return instant.atZone(zone).toLocalDate();
    }

    private Window days(WindowKind kind, LocalDate first, int length) {
        return new Window(kind, startOf(first), startOf(first.plusDays(length)));
    }

    private Instant startOf(LocalDate date) {
        return date.atStartOfDay(zone).toInstant();
    }

    private Window month(Instant instant) {
        if (monthRule == MonthRule.CALENDAR) {
            LocalDate first = date(instant).withDayOfMonth(1);
            return new Window(WindowKind.MONTH, startOf(first), startOf(first.plusMonths(1)));
        }
        ZonedDateTime from = anchor.atZone(zone);
        long months = ChronoUnit.MONTHS.between(from, instant.atZone(zone));
        while (anniversary(from, months).isAfter(instant)) {
            months--;
        }
        while (!anniversary(from, months + 1).isAfter(instant)) {
            months++;
        }
        return new Window(WindowKind.MONTH, anniversary(from, months), anniversary(from, months + 1));
    }

    private static Instant anniversary(ZonedDateTime from, long months) {
        return from.plusMonths(months).toInstant();
    }
}
