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
    private static final int WEEK_DAYS = 7;

    /** Calendar days, weeks and months of a zone. */
    public static WindowCalendar of(ZoneId zone) {
        return new WindowCalendar(zone, MonthRule.CALENDAR, Instant.EPOCH);
    }

    /** The window of a kind that contains an instant. */
    public Window window(WindowKind kind, Instant instant) {
        LocalDate date = instant.atZone(zone).toLocalDate();
        return switch (kind) {
            case DAY -> days(kind, date, 1, instant);
            case WEEK -> days(kind, date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), WEEK_DAYS, instant);
            case MONTH ->
                monthRule == MonthRule.CALENDAR ? calendarMonth(date, instant) : anniversaryMonth(date, instant);
            case TOTAL -> Window.TOTAL;
        };
    }

    private Window days(WindowKind kind, LocalDate first, int length, Instant instant) {
        LocalDate next = first.plusDays(length);
        return startOf(next).isAfter(instant)
                ? new Window(kind, startOf(first), startOf(next))
                : new Window(kind, startOf(next), startOf(next.plusDays(length)));
    }

    private Window calendarMonth(LocalDate date, Instant instant) {
        LocalDate first = date.withDayOfMonth(1);
        LocalDate next = first.plusMonths(1);
        return startOf(next).isAfter(instant)
                ? new Window(WindowKind.MONTH, startOf(first), startOf(next))
                : new Window(WindowKind.MONTH, startOf(next), startOf(next.plusMonths(1)));
    }

    private Window anniversaryMonth(LocalDate date, Instant instant) {
        ZonedDateTime from = anchor.atZone(zone);
        long months = ChronoUnit.MONTHS.between(from.toLocalDate().withDayOfMonth(1), date.withDayOfMonth(1));
        if (anniversary(from, months).isAfter(instant)) {
            months--;
        } else if (!anniversary(from, months + 1).isAfter(instant)) {
            months++;
        }
        return new Window(WindowKind.MONTH, anniversary(from, months), anniversary(from, months + 1));
    }

    /** Always counted from the anchor: going from month to month would stay at the 28th after a February. */
    private static Instant anniversary(ZonedDateTime from, long months) {
        return from.plusMonths(months).toInstant();
    }

    /**
     * Where clocks go back over midnight a date begins twice; its window begins the first time, so that windows stay
     * contiguous, and the repeated hour before midnight belongs to the new one.
     */
    private Instant startOf(LocalDate date) {
        return date.atStartOfDay(zone).toInstant();
    }
}
