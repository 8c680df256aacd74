package dev.tollgate.upstream.simulated;

import java.time.Duration;

/** How the simulated provider lets time pass; blocks the calling virtual thread. */
@FunctionalInterface
public interface Pace {
    void pause(Duration time);

    /** In real time. */
    static Pace real() {
        return time -> {
            try {
                Thread.sleep(time);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
