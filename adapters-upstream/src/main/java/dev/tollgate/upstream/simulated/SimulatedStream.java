package dev.tollgate.upstream.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.ClientStream;
import dev.tollgate.application.relay.Deadlines;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.application.relay.StreamEnd.Reason;
import dev.tollgate.application.relay.StreamGate;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.upstream.http.AnswerCodec;
import dev.tollgate.upstream.http.AnswerCodec.Verdict;
import dev.tollgate.upstream.http.StreamEvent;
import dev.tollgate.upstream.http.Translation;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A stream that is written word by word from the calling virtual thread, there being no event loop to write it. */
final class SimulatedStream implements Answer.Streaming {
    private final AnswerHead head;
    private final Dialect.Events events;
    private final AnswerCodec codec;
    private final @Nullable Translation translation;
    private final Runnable pause;
    private final InstantSource clock;
    private final Deadlines deadlines;
    private final StreamGate gate;
    private final StreamEvent event = new StreamEvent();
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private Verdict last = Verdict.FORWARD;
    private volatile boolean cancelled;
    private @Nullable Instant firstTokenAt;

    SimulatedStream(
            AnswerHead head,
            Dialect.Events events,
            AnswerCodec codec,
            @Nullable Translation translation,
            Runnable pause,
            InstantSource clock,
            Deadlines deadlines,
            StreamGate gate) {
        this.head = head;
        this.events = events;
        this.codec = codec;
        this.translation = translation;
        this.pause = pause;
        this.clock = clock;
        this.deadlines = deadlines;
        this.gate = gate;
    }

    @Override
    public StreamEnd forward(ClientStream client) {
        client.begin(head);
        events.first().forEach(text -> tell(text, client));
        for (String word : events.words()) {
            if (cancelled || client.isGone() || !isHeld()) {
                break;
            }
            pause.run();
            tell(word, client);
        }
        boolean toTheEnd = !cancelled && !client.isGone() && isHeld();
        if (toTheEnd) {
            events.last().forEach(text -> tell(text, client));
        }
        Reason reason = reason(toTheEnd);
        Fault fault = switch (reason) {
            case ERROR_EVENT -> codec.streamError().fault();
            case BROKEN -> new Fault(Fault.Kind.BROKEN, null, null, "the simulated stream was cut");
            case TERMINAL, NO_TERMINAL, CLIENT_GONE, TIMEOUT, CUT, UNHELD -> null;
        };
        Metered metered = codec.streamed(toTheEnd);
        return new StreamEnd(reason, metered, tail(reason, metered), firstTokenAt, fault);
    }

    /** Waits until the hold carries more; false if it never will. */
    private boolean isHeld() {
        while (!cancelled && !gate.isOpen(codec)) {
            if (gate.refusal() != null) {
                return false;
            }
            CountDownLatch changed = new CountDownLatch(1);
            gate.onChange(changed::countDown);
            await(changed);
        }
        return true;
    }

    private byte[] tail(Reason reason, Metered metered) {
        if (reason == Reason.UNHELD) {
            return new byte[0];
        }
        if (translation == null) {
            return held.toByteArray();
        }
        return reason == Reason.TERMINAL
                ? translation.end(metered.report().known().orElse(Usage.NONE).tokens())
                : new byte[0];
    }

    private Reason reason(boolean toTheEnd) {
        if (!toTheEnd) {
            return cancelled || gate.refusal() == null ? Reason.CLIENT_GONE : Reason.UNHELD;
        }
        return switch (last) {
            case TERMINAL, HOLD -> Reason.TERMINAL;
            case ERROR -> Reason.ERROR_EVENT;
            case FORWARD, DROP -> Reason.BROKEN;
        };
    }

    private void tell(String text, ClientStream client) {
        byte[] bytes = text.getBytes(UTF_8);
        event.read(bytes, 0, bytes.length);
        Verdict verdict = codec.read(event);
        if (translation != null) {
            last = verdict;
            write(last == Verdict.ERROR ? new byte[0] : translation.event(event, codec.progress()), client);
            return;
        }
        if (verdict == Verdict.DROP) {
            return;
        }
        if (last == Verdict.HOLD) { // there is more, so it was not the end
            write(held.toByteArray(), client);
            held.reset();
        }
        last = verdict;
        switch (verdict) {
            case FORWARD, DROP -> write(bytes, client);
            case TERMINAL, ERROR, HOLD -> held.writeBytes(bytes);
        }
    }

    private void write(byte[] bytes, ClientStream client) {
        if (firstTokenAt == null && codec.hasContent()) {
            firstTokenAt = clock.instant();
        }
        if (bytes.length == 0 || client.isGone() || client.write(ByteBuffer.wrap(bytes))) {
            return;
        }
        CountDownLatch ready = new CountDownLatch(1);
        client.onReady(ready::countDown);
        await(ready);
    }

    private void await(CountDownLatch latch) {
        try {
            cancelled |= !latch.await(deadlines.silence().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            cancelled = true;
        }
    }

    @Override
    public TokenUsage progress() {
        return codec.progress();
    }

    @Override
    public void cancel() {
        cancelled = true;
    }
}
