package dev.tollgate.application.relay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells the instant calls are admitted at: this node's time, set right by the clock all nodes share, and never earlier
 * than it told before. So nodes agree on which day a call belongs to, and a clock that steps back reopens none.
 */
public final class AdmissionClock {
    /** An answer that took longer tells too little. */
    private static final Duration ROUND_TRIP_MAX = Duration.ofMillis(500);

    private final InstantSource node;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.EPOCH);
    private volatile Duration offset = Duration.ZERO;

    public AdmissionClock(InstantSource node) {
        this.node = node;
    }

    public Instant instant() {
        Instant now = node.instant().plus(offset);
        return latest.accumulateAndGet(now, (known, told) -> told.isAfter(known) ? told : known);
    }

    /** How far the shared clock is ahead of this node's, as last measured; zero where there is none. */
    public Duration offset() {
        return offset;
    }

    /** Takes a measurement: what the shared clock said, between the node's instants of asking and of hearing. */
    public void measured(Instant asked, Instant shared, Instant heard) {
        Duration roundTrip = Duration.between(asked, heard);
        if (!roundTrip.isNegative() && roundTrip.compareTo(ROUND_TRIP_MAX) <= 0) {
            offset = Duration.between(asked.plus(roundTrip.dividedBy(2)), shared);
        }
    }
}
