package dev.tollgate.upstream.http;

import dev.tollgate.upstream.CollectingClient;
import java.nio.ByteBuffer;

/** A caller that only counts what it is sent. */
final class CountingClient extends CollectingClient {
    private long count;

    @Override
    public synchronized boolean write(ByteBuffer bytes) {
        count += bytes.remaining();
        return true;
    }

    synchronized long count() {
        return count;
    }
}
