package dev.tollgate.upstream.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Finds the ends of server-sent events in bytes that come in any pieces. Lines may end in LF, CR or CRLF.
 *
 * <p>An unfinished event is held back until it ends, up to {@link #HELD_MAX} bytes; then {@link #overflow} lets what
 * there is of it go on. Up to {@link #PARSED_MAX} bytes it is still kept for reading, beyond that it only passes.
 */
final class SseScanner {
    static final int HELD_MAX = 64 * 1024;
    static final int PARSED_MAX = 1024 * 1024;
    private static final int FIRST_CAPACITY = 4 * 1024;

    /** What {@link #next} came upon. */
    enum Found {
        /** Nothing: more bytes are needed. */
        NOTHING,
        /** A whole event with its blank line. */
        EVENT,
        /** The end of an event too large to be kept. */
        LARGE_EVENT,
        /** The line feed that belongs to the event before, whose carriage return came alone. */
        LATE_LINE_FEED
    }

    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int start;
    private int released;
    private int scanned;
    private int end;
    private int foundFrom;
    private int foundReleased;
    private int foundTo;
    private boolean lineEmpty = true;
    private boolean afterReturn;
    private boolean large;

    void append(ByteBuf bytes) {
        int more = bytes.readableBytes();
        if (end + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(end + more, buffer.length * 2));
        }
        bytes.readBytes(buffer, end, more);
        end += more;
    }

    /** Goes on to the next thing found, which lies in {@link #buffer} until the next {@link #compact}. */
    Found next() {
        while (scanned < end) {
            byte next = buffer[scanned++];
            if (next == '\n' && afterReturn) {
                afterReturn = false;
                if (scanned - 1 == start && !large) {
                    return found(Found.LATE_LINE_FEED);
                }
            } else if (next == '\n' || next == '\r') {
                afterReturn = next == '\r';
                if (lineEmpty) {
                    return endOfEvent();
                }
                lineEmpty = true;
            } else {
                afterReturn = false;
                // A byte-order mark alone does not make a line: U+FEFF may stand before the first field.
                lineEmpty = false;
            }
        }
        return Found.NOTHING;
    }

    private Found endOfEvent() {
        if (afterReturn && scanned < end && buffer[scanned] == '\n') {
            scanned++;
            afterReturn = false;
        }
        Found kind = large ? Found.LARGE_EVENT : Found.EVENT;
        large = false;
        return found(kind);
    }

    private Found found(Found kind) {
        foundFrom = start;
        foundReleased = Math.max(start, released);
        foundTo = scanned;
        start = scanned;
        released = scanned;
        return kind;
    }

    byte[] buffer() {
        return buffer;
    }

    int from() {
        return foundFrom;
    }

    /** Where the bytes begin that have not been let go by {@link #overflow}. */
    int unreleasedFrom() {
        return foundReleased;
    }

    int to() {
        return foundTo;
    }

    /** Whether the unfinished event has grown too large to be held; what is not yet let go is then found. */
    boolean overflow() {
        if (end - start <= HELD_MAX && !large) {
            return false;
        }
        foundFrom = start;
        foundReleased = Math.max(start, released);
        foundTo = end;
        released = end;
        if (end - start > PARSED_MAX || large) {
            large = true;
            start = end;
            scanned = end;
        }
        return foundReleased < foundTo;
    }

    /** Whether the bytes have ended inside an event; what there is of it is then found. */
    boolean rest() {
        foundFrom = start;
        foundReleased = Math.max(start, released);
        foundTo = end;
        start = end;
        released = end;
        scanned = end;
        return foundFrom < foundTo;
    }

    /** Whether a part of an unfinished event has been let go. */
    boolean isInsideReleased() {
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
