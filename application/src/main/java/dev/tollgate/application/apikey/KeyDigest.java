package dev.tollgate.application.apikey;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The keyed digest of a key's text, 32 bytes, which is all that is stored of it.
 *
 * @param pepperId which pepper it was made with
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode are its own
public record KeyDigest(byte[] bytes, String pepperId) {
    public static final int LENGTH = 32;

    public KeyDigest {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a digest has 32 bytes, not " + bytes.length);
        }
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Compares in time that does not depend on where two digests differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof KeyDigest digest && MessageDigest.isEqual(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "KeyDigest[" + HexFormat.of().formatHex(bytes, 0, 4) + "…]";
    }
}
