package dev.tollgate.bootstrap.usage;

import dev.tollgate.application.identity.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work done again and again on a thread of its own, a pause after each time, until it is closed. */
public final class Repeating implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.sync");
    private static final long PATIENCE_SECONDS = 2;

    private final String name;
    private final Runnable work;
    private final ScheduledExecutorService thread;
    private boolean isFailing;

    private Repeating(String name, Runnable work) {
        this.name = name;
        this.work = work;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                task -> Thread.ofPlatform().name(name).daemon().unstarted(task));
    }

    /** @param pause also before the first time */
    public static Repeating start(String name, Duration pause, Runnable work) {
        Repeating repeating = new Repeating(name, work);
        var unused = repeating.thread.scheduleWithFixedDelay(
                repeating::once, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return repeating;
    }

    /** A failure is told once, and once more when it is over: what could not be done now is done the next time. */
    private void once() {
        try {
            work.run();
            if (isFailing) {
                LOG.info("{} works again", name);
            }
            isFailing = false;
        } catch (StoreUnavailable e) {
            LOG.debug("{} waits for a store: {}", name, e.getMessage()); // told once, for all who wait
        } catch (RuntimeException e) {
            if (!isFailing) {
                LOG.warn("{} fails and is tried on: {}", name, e.getMessage(), e);
            }
            isFailing = true;
        }
    }

    /** Lets what is done now be the last time, without waiting for it. */
    public void stop() {
        thread.shutdown();
    }

    @Override
    public void close() {
        stop();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("{} did not end within {} s", name, PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
