package dev.tollgate.application.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The named ranges of statistics; days and months are those of a time zone, today included. */
public enum RangeName {
    TODAY,
    SEVEN_DAYS,
    THIRTY_DAYS,
    MONTH,
    TOTAL;

    private static final int WEEK_DAYS = 7;
    private static final int MONTH_DAYS = 30;
    private static final long QUARTER_SECONDS = 900;

    /**
     * The range as it is at an instant. It ends with the quarter of an hour that is running, in which nothing can lie
     * after now, so that rollups alone can answer it.
     */
    public Span at(Instant now, ZoneId zone) {
        LocalDate today = now.atZone(zone).toLocalDate();
        Instant from = switch (this) {
            case TODAY -> start(today, zone);
            case SEVEN_DAYS -> start(today.minusDays(WEEK_DAYS - 1L), zone);
            case THIRTY_DAYS -> start(today.minusDays(MONTH_DAYS - 1L), zone);
            case MONTH -> start(today.withDayOfMonth(1), zone);
            case TOTAL -> Instant.EPOCH;
        };
        return new Span(from, Instant.ofEpochSecond((now.getEpochSecond() / QUARTER_SECONDS + 1) * QUARTER_SECONDS));
    }

    private static Instant start(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }
}
