package dev.tollgate.application.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntUnaryOperator;

/**
 * Ids of 41 bits of milliseconds since 2025 and 12 low bits that start anywhere in each millisecond and count round.
 *
 * <p>Unique within the process, also when the clock steps back or more than 4096 are asked for in a millisecond: time
 * then runs ahead of the clock. Safe for many threads.
 */
public final class TimeOrderedIds implements Ids {
    private static final long EPOCH_MILLIS =
            Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
    private static final int LOW_BITS = 12;
    private static final int PER_MILLISECOND = 1 << LOW_BITS;

    private final InstantSource clock;
    private final IntUnaryOperator random;
    private long millis = -1;
    private int start;
    private int given;

    /** @param random gives a uniformly random whole number from 0 (inclusive) to its argument (exclusive) */
    public TimeOrderedIds(InstantSource clock, IntUnaryOperator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public synchronized long next() {
        long now = clock.millis() - EPOCH_MILLIS;
        if (now > millis) {
            begin(now);
        } else if (given == PER_MILLISECOND) {
            begin(millis + 1);
        }
        int low = (start + given) % PER_MILLISECOND;
        given++;
        return (millis << LOW_BITS) | low;
    }

    private void begin(long millisecond) {
        millis = millisecond;
        start = random.applyAsInt(PER_MILLISECOND);
        given = 0;
    }
}
