package dev.tollgate.persistence.redis;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Since when this node has been in touch with one life of the store without a break. While it was not, other nodes may not
 * have been either, and what looks abandoned may only not have been heard of.
 */
final class Contact {
    private static final Duration GAP_MAX = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private @Nullable Long since;
    private long last;
    private String life = "";

    Contact(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The store has just answered. */
    synchronized void kept(String present) {
        long now = nanoTime.getAsLong();
        if (!isKept(now) || !life.equals(present)) {
            since = now;
        }
        last = now;
        life = present;
    }

    synchronized void broken() {
        since = null;
    }

    synchronized boolean hasLasted(Duration least) {
        long now = nanoTime.getAsLong();
        return since != null && isKept(now) && now - since >= least.toNanos();
    }

    private boolean isKept(long now) {
        return since != null && now - last <= GAP_MAX.toNanos();
    }
}
