package dev.tollgate.upstream.http;

import java.io.ByteArrayOutputStream;

/** Bytes kept for a while, in room that is used again. */
final class Kept extends ByteArrayOutputStream {
    Kept() {
        super(64);
    }

    /** The room itself, of which the first {@link #size} bytes are kept. */
    byte[] array() {
        return buf;
    }
}
