package dev.tollgate.persistence.secret;

import java.util.Base64;
import java.util.BitSet;

/** The 32 secret bytes that a deployment's other keys are derived from. */
public final class SecretKey {
    static final int LENGTH = 32;

    private final byte[] bytes;

    SecretKey(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a secret key has 32 bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
    }

    /**
     * Reads the base64 form.
     *
     * @throws IllegalArgumentException if it is not base64 of 32 bytes, or so regular that nobody drew it at random
     */
    public static SecretKey of(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64.strip());
        SecretKey key = new SecretKey(bytes);
        if (key.distinctBytes() < LENGTH / 2) {
            throw new IllegalArgumentException("a secret key is random");
        }
        return key;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private long distinctBytes() {
        BitSet seen = new BitSet();
        for (byte each : bytes) {
            seen.set(each & 0xFF);
        }
        return seen.cardinality();
    }

    @Override
    public String toString() {
        return "SecretKey[…]";
    }
}
