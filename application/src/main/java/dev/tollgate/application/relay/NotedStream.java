package dev.tollgate.application.relay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A caller's stream whose head carries our own headers besides the upstream's. */
record NotedStream(ClientStream client, List<Header> notes) implements ClientStream {
    @Override
    public void begin(AnswerHead head) {
        List<Header> headers = new ArrayList<>(head.headers());
        headers.addAll(notes);
        client.begin(new AnswerHead(head.status(), headers));
    }

    @Override
    public boolean write(ByteBuffer bytes) {
        return client.write(bytes);
    }

    @Override
    public void onReady(Runnable action) {
        client.onReady(action);
    }

    @Override
    public void onGone(Runnable action) {
        client.onGone(action);
    }

    @Override
    public boolean isGone() {
        return client.isGone();
    }

    @Override
    public void finish(ByteBuffer last) {
        client.finish(last);
    }

    @Override
    public void fail(CallError error) {
        client.fail(error);
    }

    @Override
    public void abort() {
        client.abort();
    }
}
