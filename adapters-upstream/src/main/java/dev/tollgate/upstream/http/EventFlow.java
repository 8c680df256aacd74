package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.StreamGate;
import dev.tollgate.upstream.http.AnswerCodec.Verdict;
import dev.tollgate.upstream.http.EventScanner.Found;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A stream's events, one after another: found, read by the codec, and told or kept as it says. */
final class EventFlow {
    private final EventScanner scanner;
    private final StreamEvent event;
    private final AnswerCodec codec;
    private final Telling telling;
    private final StreamGate gate;
    private final boolean counting;
    private final Outflow out;
    private Verdict last = Verdict.FORWARD;
    private boolean eventSeen;
    private boolean ended;
    private boolean shut;
    private @Nullable String unreadable;

    EventFlow(
            EventScanner scanner, StreamEvent event, AnswerCodec codec, Telling telling, StreamGate gate, Outflow out) {
        this.scanner = scanner;
        this.event = event;
        this.codec = codec;
        this.telling = telling;
        this.gate = gate;
        this.counting = gate.isCounting();
        this.out = out;
    }

    void append(ByteBuf bytes) {
        if (ended) {
            telling.follow(bytes);
        } else {
            scanner.append(bytes);
        }
    }

    /** Reads what is there. After a failure of the reading itself nothing is read any more, lest a hole go unseen. */
    void run() {
        try {
            readOn();
        } catch (RuntimeException bug) {
            unreadable = "the stream cannot be read: " + Words.of(bug);
        }
        scanner.compact();
    }

    private void readOn() {
        Found found;
        shut = !mayGoOn();
        while (!shut && isOpen() && (found = scanner.next()) != Found.NOTHING) {
            take(found);
            shut = counting && !mayGoOn();
        }
        if (ended) {
            return;
        }
        if (shut) {
            telling.rest();
            return;
        }
        if (telling.burstEnd()) {
            last = Verdict.FORWARD;
        }
        if (telling.isOverwhelmed()) {
            unreadable = "an event is too large to be told in another dialect";
        }
    }

    /** Whether the hold behind the answer carries more of it. What is about to end may, and what nobody is told. */
    private boolean mayGoOn() {
        return ended || last == Verdict.HOLD || codec.isEnding() || out.isGone() || gate.isOpen(codec);
    }

    /** Whether there is more to be read, which has to wait for the gate. */
    boolean isShut() {
        return shut;
    }

    private boolean isOpen() {
        return !ended && unreadable == null;
    }

    private void take(Found found) {
        switch (found) {
            case EVENT, PIECE -> judge(found == Found.PIECE);
            case LARGE_EVENT -> {
                eventSeen = true;
                last = Verdict.FORWARD;
                telling.pass();
            }
            case TRAILER -> trail();
            case UNREADABLE -> unreadable = "the stream is damaged";
            case NOTHING -> {}
        }
    }

    private void judge(boolean piece) {
        scanner.read(event);
        if (!event.hasData() && last == Verdict.HOLD) {
            telling.join(); // a ping or comment is no event that would show there is more
            return;
        }
        eventSeen |= event.hasData();
        Verdict verdict = codec.read(event);
        apply(piece && verdict == Verdict.FORWARD ? Verdict.HOLD : verdict);
    }

    private void apply(Verdict verdict) {
        switch (verdict) {
            case FORWARD -> telling.forward();
            case DROP -> telling.drop();
            case HOLD -> telling.hold();
            case TERMINAL, ERROR -> {
                telling.keep(verdict == Verdict.ERROR);
                ended = true;
            }
        }
        boolean stillHeld = verdict == Verdict.DROP && last == Verdict.HOLD;
        last = stillHeld ? last : verdict;
    }

    private void trail() {
        switch (last) {
            case HOLD -> telling.join();
            case DROP -> telling.drop();
            case FORWARD, TERMINAL, ERROR -> telling.pass();
        }
    }

    /** The body has ended in good order: reads what is left, and what was held for want of more is the end. */
    void finish() {
        run();
        try {
            if (isOpen() && !shut) {
                readRest(scanner.end());
            }
        } catch (RuntimeException bug) {
            unreadable = "the stream cannot be read: " + Words.of(bug);
        }
        ended |= last == Verdict.HOLD && unreadable == null && !shut;
    }

    private void readRest(Found left) {
        switch (left) {
            case EVENT, LARGE_EVENT, PIECE -> {
                take(left);
                if (last == Verdict.FORWARD) {
                    telling.seal();
                }
            }
            case TRAILER -> {
                if (last == Verdict.HOLD) {
                    telling.join();
                }
            }
            case UNREADABLE -> unreadable = "the answer ended inside an event";
            case NOTHING -> {}
        }
    }

    /** The body broke off: what went on of an unfinished event is closed. */
    void breakOff() {
        if (!ended && scanner.isInsideReleased()) {
            telling.seal();
        }
    }

    /** Whether there is anything a caller would take for the answer's beginning. */
    boolean hasBegun() {
        return eventSeen || ended;
    }

    /** Whether the terminal event or an error event has been read. */
    boolean isEnded() {
        return ended;
    }

    boolean isError() {
        return ended && last == Verdict.ERROR;
    }

    /** Why nothing more can be read; null as long as it can. */
    @Nullable
    String unreadable() {
        return unreadable;
    }
}
