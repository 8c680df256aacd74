package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.ClientStream;
import dev.tollgate.application.relay.StreamEnd.Reason;
import dev.tollgate.application.relay.StreamGate;
import dev.tollgate.domain.account.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer on its way: read event by event on the connection's event loop, written to the caller from there.
 * Until it is forwarded it reads no further than the first event.
 */
final class StreamPump implements AnswerSink {
    /** After the terminal event the message's end usually comes in the same breath; nobody waits longer for it. */
    private static final long END_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final EventFlow flow;
    private final Outflow out;
    private final AnswerCodec codec;
    private final StreamGate gate;
    private final Exchange exchange;
    private final Executor loop;
    private final Drains drains;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private final CompletableFuture<Arrived> arrived;
    private @Nullable StreamedAnswer answer;
    private boolean offered;
    private boolean draining;
    private boolean hurried;
    private @Nullable Ending ending;
    /** What the upstream's end brings, which came while the gate was shut. */
    private @Nullable Runnable afterwards;

    StreamPump(
            EventFlow flow,
            Outflow out,
            AnswerCodec codec,
            StreamGate gate,
            Exchange exchange,
            Executor loop,
            Drains drains,
            CompletableFuture<Arrived> arrived) {
        this.flow = flow;
        this.out = out;
        this.codec = codec;
        this.gate = gate;
        this.exchange = exchange;
        this.loop = loop;
        this.drains = drains;
        this.arrived = arrived;
    }

    /** Tells what the waiting thread is given, before the first byte. */
    void answers(StreamedAnswer streamed) {
        answer = streamed;
    }

    /** Completed once a caller has been attached and the stream has ended. */
    CompletableFuture<Ending> ended() {
        return ended;
    }

    /** Begins the caller's answer. The waiting thread must hear of an end, whatever goes wrong here. */
    void attach(AnswerHead head, ClientStream stream) {
        try {
            out.begin(head, stream);
            stream.onGone(() -> loop.execute(this::onGone));
            if (ending != null) {
                ended.complete(ending);
            } else if (!out.isFull() && !out.isStopped()) {
                exchange.resume();
            }
        } catch (RuntimeException | Error bug) {
            exchange.cancel();
            ended.completeExceptionally(bug);
            throw bug;
        }
    }

    private void onGone() {
        out.leave();
        if (ending != null) {
            return;
        }
        if (codec.isUsageKnown() || gate.isCounting() || out.isStopped() || !drains.begin()) {
            stop(Ending.of(Reason.CLIENT_GONE));
            return;
        }
        draining = true;
        exchange.endWithin(drains.time().toNanos());
        exchange.resume();
    }

    @Override
    public void head(int ignoredStatus, HttpHeaders ignoredHeaders) {
        throw new IllegalStateException("the head came before");
    }

    @Override
    public void bytes(ByteBuf bytes) {
        flow.append(bytes);
    }

    @Override
    public void burstEnd() {
        if (!out.isStopped()) {
            readOn();
        }
    }

    private void readOn() {
        flow.run();
        String unreadable = flow.unreadable();
        if (unreadable != null) {
            stop(Ending.broken(unreadable));
        } else if (out.isGone() && codec.isUsageKnown() && ending == null) {
            stop(Ending.of(Reason.CLIENT_GONE));
        } else {
            hurry();
            offerFirst();
            if (flow.isShut()) {
                shut();
            }
        }
    }

    /** The hold behind the answer does not carry what comes next: nothing goes on until it does, or never more. */
    private void shut() {
        if (gate.refusal() != null) {
            flow.breakOff();
            stop(Ending.of(Reason.UNHELD));
            return;
        }
        out.stop();
        gate.onChange(() -> loop.execute(this::onGate));
    }

    private void onGate() {
        if (ending != null || !out.isStopped()) {
            return;
        }
        readOn();
        if (ending != null || flow.isShut()) {
            return;
        }
        out.goOn();
        if (!offered) {
            exchange.resume();
        }
        if (afterwards != null) {
            afterwards.run();
        }
    }

    /** Whether an end of the upstream has to wait until what came before it has gone on. */
    private boolean isBehind(Runnable end) {
        if (ending != null || !(flow.isShut() || out.isStopped())) {
            return false;
        }
        afterwards = end;
        if (!out.isStopped()) {
            shut();
        }
        return true;
    }

    private void hurry() {
        if (flow.isEnded() && !hurried) {
            hurried = true;
            exchange.endWithin(END_GRACE_NANOS);
        }
    }

    private void offerFirst() {
        if (!offered && (flow.hasBegun() || out.waiting() > EventScanner.HELD_MAX)) {
            offer();
        }
    }

    /** Lets the waiting thread go on: to another account if all there is is an error, else to forwarding. */
    private void offer() {
        offered = true;
        if (flow.isError()) {
            exchange.cancel();
            arrived.complete(new Arrived.StreamFailed(codec.streamError()));
            return;
        }
        exchange.pause();
        arrived.complete(new Arrived.Stream(java.util.Objects.requireNonNull(answer)));
    }

    @Override
    public void complete() {
        if (!out.isStopped()) {
            flow.finish();
        }
        if (isBehind(this::complete)) {
            return;
        }
        String unreadable = flow.unreadable();
        end(unreadable == null ? Ending.of(Reason.NO_TERMINAL) : Ending.broken(unreadable));
    }

    @Override
    public void broken(Fault.Kind kind, String message) {
        if (!out.isStopped()) {
            flow.run();
        }
        if (isBehind(() -> broken(kind, message))) {
            return;
        }
        flow.breakOff();
        end(kind == Fault.Kind.TIMEOUT ? Ending.of(Reason.TIMEOUT) : Ending.broken(message));
    }

    /** The gateway is being stopped: an answer that is complete stays so. */
    void cut() {
        if (ending == null) {
            stop(Ending.of(Reason.CUT));
        }
    }

    private void stop(Ending how) {
        exchange.cancel();
        end(how);
    }

    /** Ends once; what was read or that the caller left says more than how the connection ended. */
    private void end(Ending how) {
        if (ending != null) {
            return;
        }
        ending = said(how);
        if (draining) {
            drains.end();
        }
        offerFirst();
        if (!offered) {
            offered = true;
            arrived.complete(ending.withoutAnswer());
        }
        if (out.hasClient()) {
            ended.complete(ending);
        }
    }

    private Ending said(Ending how) {
        if (out.isGone()) {
            return Ending.of(Reason.CLIENT_GONE);
        }
        if (flow.isError()) {
            return new Ending(Reason.ERROR_EVENT, codec.streamError().fault());
        }
        return flow.isEnded() ? Ending.of(Reason.TERMINAL) : how;
    }
}
