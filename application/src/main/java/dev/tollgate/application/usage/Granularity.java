package dev.tollgate.application.usage;

import dev.tollgate.application.usage.UsageQueries.Step;
import dev.tollgate.domain.entitlement.WindowCalendar;
import dev.tollgate.domain.entitlement.WindowKind;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** How a series cuts time, by a time zone's clock and calendar; weeks begin on Monday. */
public enum Granularity {
    HOUR,
    DAY,
    WEEK,
    MONTH;

    /** The start of the piece of time an instant lies in. */
    Instant start(Instant instant, ZoneId zone) {
        return switch (this) {
            case HOUR -> instant.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
            case DAY -> start(WindowKind.DAY, instant, zone);
            case WEEK -> start(WindowKind.WEEK, instant, zone);
            case MONTH -> start(WindowKind.MONTH, instant, zone);
        };
    }

    /** The longest rollup none of whose steps lies in two pieces. */
    Step step(ZoneId zone) {
        boolean utcDays = this != HOUR && zone.normalized().equals(ZoneOffset.UTC);
        return utcDays ? Step.DAY : Step.QUARTER_HOUR;
    }

    private static Instant start(WindowKind kind, Instant instant, ZoneId zone) {
        return WindowCalendar.of(zone).window(kind, instant).start();
    }
}
