package dev.tollgate.domain.identity;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The time zone whose days and months a user's limits follow, and the one that replaces it.
 *
 * <p>A change holds from the next day of the old zone on, so that the day it was made in is never counted twice.
 *
 * @param zone the zone until {@code nextFrom}, or for good
 * @param next the zone from {@code nextFrom} on, null when no change is pending
 */
public record HomeZone(
        ZoneId zone, @Nullable ZoneId next, @Nullable Instant nextFrom) {
    public HomeZone {
        if ((next == null) != (nextFrom == null)) {
            throw new IllegalArgumentException("a next zone has a beginning: " + next + " from " + nextFrom);
        }
    }

    public static HomeZone of(ZoneId zone) {
        return new HomeZone(zone, null, null);
    }

    /** The zone in force at an instant. */
    public ZoneId at(Instant now) {
        return next == null || nextFrom == null || now.isBefore(nextFrom) ? zone : next;
    }

    /** The zone that was asked for last, in force or about to be. */
    public ZoneId latest() {
        return next == null ? zone : next;
    }

    /** This zone with a change asked for now. A pending change is replaced; asking for the zone in force drops it. */
    public HomeZone changeTo(ZoneId wanted, Instant now) {
        ZoneId current = at(now);
        if (wanted.equals(current)) {
            return of(current);
        }
        Instant nextDay = now.atZone(current)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(current)
                .toInstant();
        return new HomeZone(current, wanted, nextDay);
    }
}
