package dev.tollgate.upstream.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Finds the ends of events in bytes that come in any pieces. Every byte is found once and in its order.
 *
 * <p>An unfinished event is held back until it ends, up to {@link #HELD_MAX} bytes; then {@link #overflow} lets what
 * there is of it go on. Up to {@link #PARSED_MAX} bytes it is still kept for reading, beyond that it only passes.
 */
abstract class EventScanner {
    static final int HELD_MAX = 64 * 1024;

    /** The last event of a stream tells its usage, and may hold a picture of many megabytes before that. */
    static final int PARSED_MAX = 16 * 1024 * 1024;

    private static final int FIRST_CAPACITY = 4 * 1024;
    private static final byte[] NO_BYTES = {};

    /** What was come upon. */
    enum Found {
        /** Nothing: more bytes are needed. */
        NOTHING,
        /** A whole event, with what parts it from the events around it. */
        EVENT,
        /** The end of an event too large to be kept. */
        LARGE_EVENT,
        /** Bytes without an event's shape: they may be the last, or more may follow. */
        PIECE,
        /** Bytes that belong to what was found before and share its fate. */
        TRAILER,
        /** Bytes that are not what they should be; nothing can be found after them. */
        UNREADABLE
    }

    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int start;
    private int released;
    private int end;
    private int foundFrom;
    private int foundReleased;
    private int foundTo;
    private boolean large;

    /** How far the unfinished event has been looked at. */
    int scanned;

    static EventScanner of(Framing framing) {
        return switch (framing) {
            case SERVER_SENT -> new SseScanner();
            case JSON_ARRAY -> new JsonArrayScanner();
            case AMAZON_EVENTS -> new AmazonScanner();
            case BYTES -> new PieceScanner();
        };
    }

    void append(ByteBuf bytes) {
        int more = bytes.readableBytes();
        if (end + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(end + more, buffer.length * 2));
        }
        bytes.readBytes(buffer, end, more);
        end += more;
    }

    /** Goes on to the next thing found, which lies in {@link #buffer} until the next {@link #compact}. */
    abstract Found next();

    /** Reads the event that was found. */
    abstract void read(StreamEvent event);

    /** What the bytes left over are, once there will be no more of them. */
    abstract Found end();

    /** What is written after an event that came without its end, so that the next does not run into it. */
    byte[] seal() {
        return NO_BYTES;
    }

    final Found found(Found kind) {
        foundFrom = start;
        foundReleased = Math.max(start, released);
        foundTo = scanned;
        start = scanned;
        released = scanned;
        return kind;
    }

    /** The end of an event, of whatever size. */
    final Found foundEvent() {
        Found kind = large ? Found.LARGE_EVENT : Found.EVENT;
        large = false;
        return found(kind);
    }

    final byte[] buffer() {
        return buffer;
    }

    final int from() {
        return foundFrom;
    }

    /** Where the bytes begin that have not been let go by {@link #overflow}. */
    final int unreleasedFrom() {
        return foundReleased;
    }

    final int to() {
        return foundTo;
    }

    /** Where the unfinished event begins. */
    final int start() {
        return start;
    }

    /** Where the bytes end that are there. */
    final int available() {
        return end;
    }

    final boolean isLarge() {
        return large;
    }

    /** Whether an unfinished event has grown too large to be read. */
    final boolean isTooLarge() {
        return large || end - start > PARSED_MAX;
    }

    /** Whether the unfinished event has grown too large to be held; what is not yet let go is then found. */
    final boolean overflow() {
        if (end - start <= HELD_MAX && !large) {
            return false;
        }
        foundFrom = start;
        foundReleased = Math.max(start, released);
        foundTo = end;
        released = end;
        if (isTooLarge()) {
            large = true;
            start = end;
            scanned = end;
        }
        return foundReleased < foundTo;
    }

    /** Whether bytes are left over; they are then found. */
    final boolean rest() {
        foundFrom = start;
        foundReleased = Math.max(start, released);
        foundTo = end;
        start = end;
        released = end;
        scanned = end;
        return foundFrom < foundTo;
    }

    /** Whether a part of an unfinished event has been let go. */
    final boolean isInsideReleased() {
        return large || released > start;
    }

    /** Makes room: what was found before is gone. */
    void compact() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            scanned -= start;
            released = Math.max(0, released - start);
            end -= start;
            start = 0;
        }
    }
}
