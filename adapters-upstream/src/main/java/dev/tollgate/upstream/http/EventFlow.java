package dev.tollgate.upstream.http;

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
    private Verdict last = Verdict.FORWARD;
    private boolean eventSeen;
    private boolean ended;
    private @Nullable String unreadable;

    EventFlow(EventScanner scanner, StreamEvent event, AnswerCodec codec, Telling telling) {
        this.scanner = scanner;
        this.event = event;
        this.codec = codec;
        this.telling = telling;
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
        while (isOpen() && (found = scanner.next()) != Found.NOTHING) {
            take(found);
        }
        if (ended) {
            return;
        }
        if (telling.burstEnd()) {
            last = Verdict.FORWARD;
        }
        if (telling.isOverwhelmed()) {
            unreadable = "an event is too large to be told in another dialect";
        }
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
            if (isOpen()) {
                readRest(scanner.end());
            }
        } catch (RuntimeException bug) {
            unreadable = "the stream cannot be read: " + Words.of(bug);
        }
        ended |= last == Verdict.HOLD && unreadable == null;
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
