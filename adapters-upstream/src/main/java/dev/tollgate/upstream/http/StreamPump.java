package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.ClientStream;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.application.relay.StreamEnd.Reason;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.upstream.http.AnswerCodec.Verdict;
import dev.tollgate.upstream.http.SseScanner.Found;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer on its way to the caller: read event by event on the connection's event loop, written to the caller
 * from there. Until it is forwarded it reads no further than the first event.
 */
final class StreamPump implements AnswerSink, Answer.Streaming {
    /** After the terminal event the message's end usually comes in the same breath; nobody waits longer for it. */
    private static final long END_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final int HELD_MAX = SseScanner.HELD_MAX;
    private static final byte[] BLANK_LINE = {'\n', '\n'};

    private final AnswerHead head;
    private final AnswerCodec codec;
    private final @Nullable Translation translation;
    private final HttpConnection connection;
    private final Exchange exchange;
    private final CompletableFuture<Arrived> arrived;
    private final Drains drains;
    private final InstantSource clock;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private final SseScanner scanner = new SseScanner();
    private final StreamEvent event = new StreamEvent();
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(64);
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private Verdict last = Verdict.FORWARD;
    private boolean holding;
    private boolean offered;
    private boolean eventSeen;
    private boolean gone;
    private boolean draining;
    private boolean waitsForClient;
    private @Nullable ClientStream client;
    private @Nullable Instant firstTokenAt;
    private @Nullable Ending ending;

    StreamPump(
            AnswerHead head,
            AnswerCodec codec,
            @Nullable Translation translation,
            HttpConnection connection,
            Exchange exchange,
            CompletableFuture<Arrived> arrived,
            Drains drains,
            InstantSource clock) {
        this.head = head;
        this.codec = codec;
        this.translation = translation;
        this.connection = connection;
        this.exchange = exchange;
        this.arrived = arrived;
        this.drains = drains;
        this.clock = clock;
    }

    /** How it ended, as the event loop saw it. */
    private record Ending(Reason reason, @Nullable Fault fault) {}

    // ---- the calling thread ----

    @Override
    public StreamEnd forward(ClientStream stream) {
        connection.run(() -> attach(stream));
        Ending how = ended.join();
        boolean saidAll = how.reason() == Reason.TERMINAL || how.reason() == Reason.NO_TERMINAL;
        Metered metered = codec.streamed(saidAll);
        return new StreamEnd(how.reason(), metered, tail(how, metered), firstTokenAt, how.fault());
    }

    /** What the caller takes for the end; in another dialect it is told only now, with the usage that is charged. */
    private byte[] tail(Ending how, Metered metered) {
        if (translation == null) {
            return held.toByteArray();
        }
        return how.reason() == Reason.TERMINAL
                ? translation.end(metered.report().known().orElse(Usage.NONE).tokens())
                : new byte[0];
    }

    @Override
    public TokenUsage progress() {
        return codec.progress();
    }

    @Override
    public void cancel() {
        connection.run(exchange::cancel);
    }

    // ---- the event loop ----

    /** The waiting thread must hear of an end, whatever goes wrong here. */
    private void attach(ClientStream stream) {
        try {
            begin(stream);
        } catch (RuntimeException | Error bug) {
            exchange.cancel();
            ended.completeExceptionally(bug);
            throw bug;
        }
    }

    private void begin(ClientStream stream) {
        client = stream;
        stream.begin(head);
        byte[] first = unsent.toByteArray();
        unsent.reset();
        send(first, 0, first.length);
        stream.onGone(() -> connection.run(this::onGone));
        if (ending != null) {
            ended.complete(ending);
        } else if (!waitsForClient) {
            exchange.resume();
        }
    }

    private void onGone() {
        gone = true;
        if (ending != null) {
            return;
        }
        if (codec.isUsageKnown() || !drains.begin()) {
            stop(Reason.CLIENT_GONE);
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
        if (holding) {
            hold(bytes);
        } else {
            scanner.append(bytes);
        }
    }

    private void hold(ByteBuf bytes) {
        byte[] more = new byte[Math.clamp(HELD_MAX - held.size(), 0, bytes.readableBytes())];
        bytes.readBytes(more);
        held.write(more, 0, more.length);
    }

    @Override
    public void burstEnd() {
        pump();
        if (gone && codec.isUsageKnown() && ending == null) {
            stop(Reason.CLIENT_GONE);
        } else if (!offered && isFirstEventRead()) {
            offer();
        }
    }

    private boolean isFirstEventRead() {
        return eventSeen || holding || unsent.size() > HELD_MAX;
    }

    /** Lets the waiting thread go on: to another account if all there is is an error, else to forwarding. */
    private void offer() {
        offered = true;
        if (holding && last == Verdict.ERROR) {
            exchange.cancel();
            arrived.complete(new Arrived.StreamFailed(codec.streamError()));
            return;
        }
        exchange.pause();
        arrived.complete(new Arrived.Stream(this));
    }

    private void pump() {
        int runFrom = -1;
        int runTo = -1;
        Found found;
        while (!holding && (found = scanner.next()) != Found.NOTHING) {
            judge(found);
            if (translation != null) {
                translate(found, translation);
                continue;
            }
            if (last == Verdict.FORWARD) {
                runFrom = runFrom < 0 ? scanner.unreleasedFrom() : runFrom;
                runTo = scanner.to();
                continue;
            }
            send(scanner.buffer(), runFrom, runTo);
            runFrom = -1;
            if (last != Verdict.DROP) {
                startHolding();
            }
        }
        send(scanner.buffer(), runFrom, runTo);
        if (!holding && scanner.overflow()) {
            send(scanner.buffer(), scanner.unreleasedFrom(), scanner.to());
        }
        scanner.compact();
    }

    private void judge(Found found) {
        if (found == Found.EVENT) {
            event.read(scanner.buffer(), scanner.from(), scanner.to());
            eventSeen |= event.hasData();
            last = codec.read(event);
        } else if (found == Found.LARGE_EVENT) {
            eventSeen = true;
            last = Verdict.FORWARD;
        }
        // A late line feed shares the fate of the event it ends.
    }

    private void translate(Found found, Translation into) {
        if (found == Found.EVENT && last != Verdict.ERROR) {
            byte[] told = into.event(event, codec.progress());
            send(told, 0, told.length);
        }
        if (last == Verdict.TERMINAL || last == Verdict.ERROR) {
            startHolding();
        }
    }

    private void startHolding() {
        holding = true;
        int from = scanner.unreleasedFrom();
        held.write(scanner.buffer(), from, scanner.to() - from);
        if (scanner.rest()) {
            int more = Math.min(scanner.to() - scanner.from(), HELD_MAX);
            held.write(scanner.buffer(), scanner.from(), more);
        }
        exchange.endWithin(END_GRACE_NANOS);
    }

    private void send(byte[] bytes, int from, int to) {
        if (from < 0 || from >= to || gone) {
            return;
        }
        if (client == null) {
            unsent.write(bytes, from, to - from);
            return;
        }
        if (firstTokenAt == null && codec.hasContent()) {
            firstTokenAt = clock.instant();
        }
        if (!client.write(ByteBuffer.wrap(bytes, from, to - from)) && !waitsForClient) {
            waitsForClient = true;
            exchange.pause();
            client.onReady(() -> connection.run(this::onClientReady));
        }
    }

    private void onClientReady() {
        waitsForClient = false;
        exchange.resume();
    }

    @Override
    public void complete() {
        pump();
        if (!holding && scanner.rest()) {
            readRest();
        }
        end(new Ending(Reason.NO_TERMINAL, null));
    }

    /** The last event came without its blank line: it counts, and what is written after it must not run into it. */
    private void readRest() {
        event.read(scanner.buffer(), scanner.from(), scanner.to());
        eventSeen |= event.hasData();
        last = codec.read(event);
        if (last == Verdict.FORWARD) {
            send(scanner.buffer(), scanner.unreleasedFrom(), scanner.to());
            send(BLANK_LINE, 0, BLANK_LINE.length);
        } else if (last != Verdict.DROP) {
            startHolding();
        }
    }

    @Override
    public void broken(Fault.Kind kind, String message) {
        String why = pumped(message);
        if (!holding && scanner.isInsideReleased()) {
            send(BLANK_LINE, 0, BLANK_LINE.length);
        }
        boolean timeOut = kind == Fault.Kind.TIMEOUT;
        if (!offered && !holding && !eventSeen) {
            offered = true;
            arrived.complete(new Arrived.Broken(kind, why));
            return;
        }
        end(
                timeOut
                        ? new Ending(Reason.TIMEOUT, null)
                        : new Ending(Reason.BROKEN, new Fault(Fault.Kind.BROKEN, null, null, why)));
    }

    /** Reads what is left; where it is the reading that broke, the end must be told all the same. */
    private String pumped(String message) {
        try {
            pump();
            return message;
        } catch (RuntimeException bug) {
            return message + "; the rest cannot be read: " + Words.of(bug);
        }
    }

    private void stop(Reason reason) {
        exchange.cancel();
        end(new Ending(reason, null));
    }

    /** Ends once; what is held or that the caller left says more than how the connection ended. */
    private void end(Ending how) {
        if (ending != null) {
            return;
        }
        if (gone) {
            ending = new Ending(Reason.CLIENT_GONE, null);
        } else if (holding && last == Verdict.ERROR) {
            ending = new Ending(Reason.ERROR_EVENT, codec.streamError().fault());
        } else {
            ending = holding ? new Ending(Reason.TERMINAL, null) : how;
        }
        if (draining) {
            drains.end();
        }
        if (!offered) {
            if (isFirstEventRead()) {
                offer();
            } else {
                offered = true;
                arrived.complete(new Arrived.Broken(Fault.Kind.BROKEN, "the stream ended without an event"));
            }
        }
        if (client != null) {
            ended.complete(ending);
        }
    }
}
