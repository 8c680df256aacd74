package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.ClientStream;
import dev.tollgate.application.relay.StreamEnd.Reason;
import dev.tollgate.domain.account.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.CompletableFuture;
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
    private final Exchange exchange;
    private final Drains drains;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private final CompletableFuture<Arrived> arrived;
    private @Nullable StreamedAnswer answer;
    private boolean offered;
    private boolean draining;
    private boolean hurried;
    private @Nullable Ending ending;

    StreamPump(
            EventFlow flow,
            Outflow out,
            AnswerCodec codec,
            Exchange exchange,
            Drains drains,
            CompletableFuture<Arrived> arrived) {
        this.flow = flow;
        this.out = out;
        this.codec = codec;
        this.exchange = exchange;
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
    void attach(AnswerHead head, ClientStream stream, java.util.concurrent.Executor loop) {
        try {
            out.begin(head, stream);
            stream.onGone(() -> loop.execute(this::onGone));
            if (ending != null) {
                ended.complete(ending);
            } else if (!out.isFull()) {
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
        if (codec.isUsageKnown() || !drains.begin()) {
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
        flow.run();
        String unreadable = flow.unreadable();
        if (unreadable != null) {
            stop(Ending.broken(unreadable));
        } else if (out.isGone() && codec.isUsageKnown() && ending == null) {
            stop(Ending.of(Reason.CLIENT_GONE));
        } else {
            hurry();
            offerFirst();
        }
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
        flow.finish();
        String unreadable = flow.unreadable();
        end(unreadable == null ? Ending.of(Reason.NO_TERMINAL) : Ending.broken(unreadable));
    }

    @Override
    public void broken(Fault.Kind kind, String message) {
        flow.run();
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
