package dev.tollgate.persistence.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets nothing wait any more for a Redis that has been asked for five seconds and not answered once. */
final class Breaker {
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Long> unansweredSince = new AtomicReference<>();

    Breaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void asked() {
        if (unansweredSince.get() == null) {
            unansweredSince.compareAndSet(null, nanoTime.getAsLong());
        }
    }

    /** An error is an answer too. */
    void answered() {
        unansweredSince.set(null);
    }

    boolean isOpen() {
        Long since = unansweredSince.get();
        return since != null && nanoTime.getAsLong() - since >= PATIENCE.toNanos();
    }
}
