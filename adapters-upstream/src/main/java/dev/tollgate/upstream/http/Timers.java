package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.Deadlines;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The times an exchange may take, on the monotonic clock. */
final class Timers {
    private static final long SHORTEST_NANOS = 1_000_000;

    private final Deadlines deadlines;
    private long wholeEnd;
    private long touched;
    private boolean answered;

    /** @param wholeLeft what is left of the call's whole time */
    Timers(Deadlines deadlines, Duration wholeLeft) {
        this.deadlines = deadlines;
        this.touched = System.nanoTime();
        this.wholeEnd = touched + wholeLeft.toNanos();
    }

    /** Something moved: what is waited for next is counted from now. */
    void touch() {
        touched = System.nanoTime();
    }

    void answered() {
        answered = true;
    }

    void endWithin(long nanos) {
        wholeEnd = Math.min(wholeEnd, System.nanoTime() + nanos);
    }

    /** What ran out, null if nothing did; while reading is paused only the whole time runs. */
    @Nullable
    String expired(boolean paused) {
        long now = System.nanoTime();
        if (now - wholeEnd >= 0) {
            return "the call took longer than it may";
        }
        if (!paused && now - quietEnd() >= 0) {
            return answered ? "the answer fell silent" : "no answer in time";
        }
        return null;
    }

    long nanosLeft(boolean paused) {
        long now = System.nanoTime();
        long left = wholeEnd - now;
        if (!paused) {
            left = Math.min(left, quietEnd() - now);
        } else {
            left = Math.min(left, deadlines.silence().toNanos());
        }
        return Math.max(left, SHORTEST_NANOS);
    }

    private long quietEnd() {
        Duration quiet = answered ? deadlines.silence() : deadlines.firstByte();
        return touched + quiet.toNanos();
    }
}
