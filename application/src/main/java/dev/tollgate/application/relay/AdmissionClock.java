package dev.tollgate.application.relay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the instant calls are admitted at: this node's time, set right by the clock all nodes share, and never earlier
 * than it told before. So nodes agree on which day a call belongs to, and a clock that steps back reopens none. A clock
 * that steps after it was measured is not followed until it is measured again: a step ahead could not be taken back.
 */
public final class AdmissionClock {
    /** An answer that took longer tells too little. */
    private static final Duration ROUND_TRIP_MAX = Duration.ofMillis(500);

    /** A clock that is so far from where its ticks would have it was set. */
    private static final Duration STEP = Duration.ofSeconds(1);

    private final InstantSource node;
    private final LongSupplier ticks;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.EPOCH);
    private volatile Measured last = new Measured(Duration.ZERO, null, 0);

    /** Follows every step of the node's clock. */
    public AdmissionClock(InstantSource node) {
        this(node, () -> Duration.between(Instant.EPOCH, node.instant()).toNanos());
    }

    /** @param ticks nanoseconds that go on evenly, whatever the node's clock is set to */
    public AdmissionClock(InstantSource node, LongSupplier ticks) {
        this.node = node;
        this.ticks = ticks;
    }

    public Instant instant() {
        Measured measured = last;
        Instant now = nodeNow(measured).plus(measured.offset);
        return latest.accumulateAndGet(now, (known, told) -> told.isAfter(known) ? told : known);
    }

    private Instant nodeNow(Measured measured) {
        Instant now = node.instant();
        if (measured.heard == null) {
            return now;
        }
        Instant expected = measured.heard.plusNanos(ticks.getAsLong() - measured.heardTicks);
        return Duration.between(expected, now).abs().compareTo(STEP) > 0 ? expected : now;
    }

    /** How far the shared clock is ahead of this node's, as last measured; zero where there is none. */
    public Duration offset() {
        return last.offset;
    }

    /** Takes a measurement: what the shared clock said, between the node's instants of asking and of hearing. */
    public void measured(Instant asked, Instant shared, Instant heard) {
        Duration roundTrip = Duration.between(asked, heard);
        if (!roundTrip.isNegative() && roundTrip.compareTo(ROUND_TRIP_MAX) <= 0) {
            Duration offset = Duration.between(asked.plus(roundTrip.dividedBy(2)), shared);
            last = new Measured(offset, heard, ticks.getAsLong());
        }
    }

    /** @param heard when, by the node's clock; null before the first */
    private record Measured(Duration offset, @Nullable Instant heard, long heardTicks) {}
}
