package dev.tollgate.web.relay;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Closes a connection whose caller reads nothing for too long while bytes wait for it. */
final class StallTimer {
    private final Channel channel;
    private final Duration most;
    private final BooleanSupplier isFull;
    private final AtomicBoolean isRunning = new AtomicBoolean();
    private volatile boolean hasRead;

    StallTimer(Channel channel, Duration most, BooleanSupplier isFull) {
        this.channel = channel;
        this.most = most;
        this.isFull = isFull;
    }

    void start() {
        if (isRunning.compareAndSet(false, true)) {
            schedule();
        }
    }

    /** The caller has read something. */
    void read() {
        hasRead = true;
    }

    private void schedule() {
        hasRead = false;
        var unused = channel.eventLoop().schedule(this::check, most.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void check() {
        if (!isFull.getAsBoolean()) {
            isRunning.set(false);
        } else if (hasRead) {
            schedule();
        } else {
            var unused = channel.close();
        }
    }
}
