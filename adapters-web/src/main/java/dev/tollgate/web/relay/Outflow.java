package dev.tollgate.web.relay;

import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.http.body.stream.BaseSharedBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Hands buffers to the server, which takes them only from its start on and never while it is taking one; loop-confined. */
final class Outflow {
    private final BaseSharedBuffer server;
    private final Deque<ReadBuffer> held = new ArrayDeque<>();
    private boolean isStarted;
    private boolean isTaking;
    private boolean isComplete;
    private boolean isOver;

    Outflow(BaseSharedBuffer server) {
        this.server = server;
    }

    void start() {
        isStarted = true;
        flow();
    }

    void add(ReadBuffer buffer) {
        if (isOver) {
            buffer.close();
            return;
        }
        held.add(buffer);
        flow();
    }

    /** No more will be added. */
    void complete() {
        isComplete = true;
        flow();
    }

    /** Nobody reads any more. */
    void discard() {
        isOver = true;
        held.forEach(ReadBuffer::close);
        held.clear();
    }

    private void flow() {
        if (!isStarted || isTaking || isOver) {
            return;
        }
        isTaking = true;
        for (@Nullable ReadBuffer next = held.poll(); next != null; next = held.poll()) {
            server.add(next);
        }
        isTaking = false;
        if (isComplete) {
            isOver = true;
            server.complete();
        }
    }
}
