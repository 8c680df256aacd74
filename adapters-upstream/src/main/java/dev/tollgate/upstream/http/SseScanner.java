package dev.tollgate.upstream.http;

/** Server-sent events: each ends with a blank line. Lines may end in LF, CR or CRLF. */
final class SseScanner extends EventScanner {
    private static final byte[] BLANK_LINE = {'\n', '\n'};

    private boolean lineEmpty = true;
    private boolean afterReturn;

    @Override
    Found next() {
        byte[] buffer = buffer();
        int available = available();
        while (scanned < available) {
            byte next = buffer[scanned++];
            if (next == '\n' && afterReturn) {
                afterReturn = false;
                if (scanned - 1 == start() && !isLarge()) {
                    return found(Found.TRAILER); // of the event whose carriage return came alone
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
        if (afterReturn && scanned < available() && buffer()[scanned] == '\n') {
            scanned++;
            afterReturn = false;
        }
        return foundEvent();
    }

    @Override
    void read(StreamEvent event) {
        event.read(buffer(), from(), to());
    }

    /** The last event may come without its blank line. */
    @Override
    Found end() {
        if (isLarge()) {
            return Found.LARGE_EVENT;
        }
        return rest() ? Found.EVENT : Found.NOTHING;
    }

    @Override
    byte[] seal() {
        return BLANK_LINE;
    }
}
