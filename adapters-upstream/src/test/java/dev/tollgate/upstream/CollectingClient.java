package dev.tollgate.upstream;

import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.ClientStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A caller that keeps what it is sent, reads as fast as the test lets it and leaves when the test says so. */
public class CollectingClient implements ClientStream {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<Runnable> onReady = new ArrayList<>();
    private final List<Runnable> onGone = new ArrayList<>();
    private AnswerHead head;
    private long room = Long.MAX_VALUE;
    private boolean gone;

    /** Lets the client take this many bytes more before it says that it is full. */
    public synchronized void haveRoom(long bytes) {
        room = bytes;
    }

    public void makeRoom(long bytes) {
        List<Runnable> waiting;
        synchronized (this) {
            room = bytes;
            waiting = List.copyOf(onReady);
            onReady.clear();
        }
        waiting.forEach(Runnable::run);
    }

    public void leave() {
        List<Runnable> waiting;
        synchronized (this) {
            gone = true;
            waiting = new ArrayList<>(onReady);
            waiting.addAll(onGone);
            onReady.clear();
        }
        waiting.forEach(Runnable::run);
    }

    public synchronized byte[] body() {
        return body.toByteArray();
    }

    public synchronized AnswerHead head() {
        return head;
    }

    @Override
    public synchronized void begin(AnswerHead begun) {
        head = begun;
    }

    @Override
    public synchronized boolean write(ByteBuffer bytes) {
        room -= bytes.remaining();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        body.writeBytes(copy);
        return room > 0;
    }

    @Override
    public void onReady(Runnable action) {
        synchronized (this) {
            if (room <= 0 && !gone) {
                onReady.add(action);
                return;
            }
        }
        action.run();
    }

    @Override
    public void onGone(Runnable action) {
        synchronized (this) {
            if (!gone) {
                onGone.add(action);
                return;
            }
        }
        action.run();
    }

    @Override
    public synchronized boolean isGone() {
        return gone;
    }

    @Override
    public void finish(ByteBuffer last) {
        throw new AssertionError("the end is the application's");
    }

    @Override
    public void fail(CallError error) {
        throw new AssertionError("the end is the application's");
    }

    @Override
    public void abort() {
        throw new AssertionError("the end is the application's");
    }
}
