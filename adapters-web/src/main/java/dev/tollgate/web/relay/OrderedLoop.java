package dev.tollgate.web.relay;

import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs tasks on an event loop in the order they are given, at once where that keeps the order. */
final class OrderedLoop {
    private final EventLoop loop;
    private final AtomicInteger queued = new AtomicInteger();

    OrderedLoop(EventLoop loop) {
        this.loop = loop;
    }

    void run(Runnable task) {
        if (queued.get() == 0 && loop.inEventLoop()) {
            task.run();
            return;
        }
        queued.incrementAndGet();
        loop.execute(() -> {
            queued.decrementAndGet();
            task.run();
        });
    }
}
