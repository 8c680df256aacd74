package dev.tollgate.upstream.http;

/** Bytes that are no events: each is all that has come since the one before. */
final class PieceScanner extends EventScanner {
    @Override
    Found next() {
        if (scanned == available()) {
            return Found.NOTHING;
        }
        scanned = available();
        return found(Found.PIECE);
    }

    @Override
    void read(StreamEvent event) {
        event.take(StreamEvent.NO_NAME, buffer(), from(), to());
    }

    @Override
    Found end() {
        return Found.NOTHING;
    }
}
