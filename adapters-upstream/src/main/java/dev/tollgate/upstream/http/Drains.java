package dev.tollgate.upstream.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/** The few answers that may be read on for their usage after their caller left. */
final class Drains {
    private final Semaphore places;
    private final Duration time;

    Drains(Semaphore places, Duration time) {
        this.places = places;
        this.time = time;
    }

    boolean begin() {
        return time.isPositive() && places.tryAcquire();
    }

    void end() {
        places.release();
    }

    /** How long one may take. */
    Duration time() {
        return time;
    }
}
