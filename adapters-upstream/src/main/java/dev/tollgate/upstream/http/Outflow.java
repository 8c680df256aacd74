package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.ClientStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The way to the caller, on the connection's event loop: what is told before the caller listens is kept, and a caller
 * who is full stops the upstream.
 */
final class Outflow {
    private final HttpConnection connection;
    private final Exchange exchange;
    private final AnswerCodec codec;
    private final InstantSource clock;
    private Kept unsent = new Kept();
    private boolean gone;
    private boolean full;
    private boolean stopped;
    private @Nullable ClientStream client;
    private @Nullable Instant firstTokenAt;

    Outflow(HttpConnection connection, Exchange exchange, AnswerCodec codec, InstantSource clock) {
        this.connection = connection;
        this.exchange = exchange;
        this.codec = codec;
        this.clock = clock;
    }

    void begin(AnswerHead head, ClientStream stream) {
        client = stream;
        stream.begin(head);
        send(unsent.array(), 0, unsent.size());
        unsent = new Kept();
    }

    void send(byte[] bytes, int from, int to) {
        if (from >= to || gone) {
            return;
        }
        if (client == null) {
            unsent.write(bytes, from, to - from);
            return;
        }
        if (firstTokenAt == null && codec.hasContent()) {
            firstTokenAt = clock.instant();
        }
        if (!client.write(ByteBuffer.wrap(bytes, from, to - from)) && !full) {
            full = true;
            exchange.pause();
            client.onReady(() -> connection.run(this::onReady));
        }
    }

    private void onReady() {
        full = false;
        if (!stopped) {
            exchange.resume();
        }
    }

    /** The upstream is not read until {@link #goOn}, whatever the caller takes. */
    void stop() {
        stopped = true;
        exchange.pause();
    }

    void goOn() {
        stopped = false;
        if (!full && client != null) {
            exchange.resume();
        }
    }

    boolean isStopped() {
        return stopped;
    }

    /** Nothing is sent any more. */
    void leave() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }

    /** Whether the caller must read before more is sent. */
    boolean isFull() {
        return full;
    }

    boolean hasClient() {
        return client != null;
    }

    /** How much is kept for a caller who does not listen yet. */
    int waiting() {
        return unsent.size();
    }

    /** When the first content was sent; null if none was. */
    @Nullable
    Instant firstTokenAt() {
        return firstTokenAt;
    }
}
