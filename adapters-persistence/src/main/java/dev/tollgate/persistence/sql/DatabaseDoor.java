package dev.tollgate.persistence.sql;

import dev.tollgate.application.identity.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets nobody wait for a database that has just given no connection: for a second all are turned away at once, then one
 * of them asks again.
 */
final class DatabaseDoor {
    private static final long SHUT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long OPEN = 0;

    private final AtomicLong asksAgainAt = new AtomicLong(OPEN);

    /** @throws StoreUnavailable while the door is shut; the caller that is let in must tell how it went */
    void enter() {
        long at = asksAgainAt.get();
        if (at == OPEN) {
            return;
        }
        long now = System.nanoTime();
        if (now - at < 0 || !asksAgainAt.compareAndSet(at, later(now))) {
            throw new StoreUnavailable("the database gave no connection a moment ago", null);
        }
    }

    void answered() {
        if (asksAgainAt.get() != OPEN) {
            asksAgainAt.set(OPEN);
        }
    }

    void gaveNoConnection() {
        asksAgainAt.set(later(System.nanoTime()));
    }

    /** Never the value that means open. */
    private static long later(long now) {
        return (now + SHUT_NANOS) | 1;
    }
}
