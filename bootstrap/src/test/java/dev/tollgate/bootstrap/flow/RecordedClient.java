package dev.tollgate.bootstrap.flow;

import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.ClientStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A caller that writes down what it is sent, and what the journal knew at the end. */
final class RecordedClient implements ClientStream {
    private final List<String> events = new ArrayList<>();
    private final Supplier<Integer> settledSoFar;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean hasLeft;

    RecordedClient(Supplier<Integer> settledSoFar) {
        this.settledSoFar = settledSoFar;
    }

    void leave() {
        hasLeft = true;
    }

    /** How often it was asked whether it has left, which a call in line for a slot does over and over. */
    int askedWhetherGone() {
        return asked.get();
    }

    List<String> events() {
        return events;
    }

    @Override
    public void begin(AnswerHead head) {
        events.add("begin " + head.status());
    }

    @Override
    public boolean write(ByteBuffer bytes) {
        events.add("write " + StandardCharsets.UTF_8.decode(bytes) + " settled=" + settledSoFar.get());
        return true;
    }

    @Override
    public void onReady(Runnable action) {
        action.run();
    }

    @Override
    public void onGone(Runnable action) {
        if (hasLeft) {
            action.run();
        }
    }

    @Override
    public boolean isGone() {
        asked.incrementAndGet();
        return hasLeft;
    }

    @Override
    public void finish(ByteBuffer last) {
        events.add("finish " + StandardCharsets.UTF_8.decode(last) + " settled=" + settledSoFar.get());
    }

    @Override
    public void fail(CallError error) {
        events.add("fail " + error.code() + " settled=" + settledSoFar.get());
    }

    @Override
    public void abort() {
        events.add("abort");
    }
}
