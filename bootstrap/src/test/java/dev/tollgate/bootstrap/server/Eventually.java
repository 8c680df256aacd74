package dev.tollgate.bootstrap.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a condition outside this process, within bounds. */
public final class Eventually {
    private static final long LOOK_AGAIN_MILLIS = 20;

    private Eventually() {}

    /** Waits until the condition holds. @throws AssertionError if it does not in time */
    public static void holds(String what, Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + patience + ": " + what);
            }
            pause(Duration.ofMillis(LOOK_AGAIN_MILLIS));
        }
    }

    /** Lets a span of an outside process's time go by. */
    public static void pause(Duration span) {
        try {
            boolean unused = new CountDownLatch(1).await(span.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
