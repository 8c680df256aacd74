package dev.tollgate.upstream.http;

/**
 * One JSON array: an event is an element that is an object or array, with the bracket, comma and blanks before it. The
 * closing bracket and what follows it belong to the end. An object in the array's place, as an error may be told, is an event as well.
 */
final class JsonArrayScanner extends EventScanner {
    private boolean arrayOpen;
    private boolean over;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private int elementOffset;
    private int dataFrom;

    @Override
    Found next() {
        byte[] buffer = buffer();
        int available = available();
        while (scanned < available && !over) {
            byte next = buffer[scanned++];
            if (inString) {
                readString(next);
            } else if (next == '"') {
                inString = true;
            } else if (next == '{' || next == '[') {
                open(next);
            } else if ((next == '}' || next == ']') && closesElement()) {
                dataFrom = start() + elementOffset;
                return foundEvent();
            }
        }
        return Found.NOTHING;
    }

    private void readString(byte next) {
        if (escaped) {
            escaped = false;
        } else if (next == '\\') {
            escaped = true;
        } else if (next == '"') {
            inString = false;
        }
    }

    private void open(byte bracket) {
        if (depth == 0 && bracket == '[' && !arrayOpen) {
            arrayOpen = true;
            return;
        }
        if (depth == 0) {
            elementOffset = scanned - 1 - start();
        }
        depth++;
    }

    private boolean closesElement() {
        if (depth == 0) {
            arrayOpen = false;
            over = true;
            return false;
        }
        depth--;
        over = depth == 0 && !arrayOpen;
        return depth == 0;
    }

    @Override
    void read(StreamEvent event) {
        event.take(StreamEvent.NO_NAME, buffer(), dataFrom, to());
    }

    @Override
    Found end() {
        boolean left = rest();
        if (arrayOpen || depth > 0) {
            return Found.UNREADABLE;
        }
        return left ? Found.TRAILER : Found.NOTHING;
    }
}
