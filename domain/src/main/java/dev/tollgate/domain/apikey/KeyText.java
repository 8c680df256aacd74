package dev.tollgate.domain.apikey;

import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;
import java.util.zip.CRC32;

/**
 * A key as its holder has it: {@code tg-} + 8 public characters + 34 secret ones (over 200 bits) + a checksum of 6.
 *
 * <p>The checksum refuses a mistyped or invented key without a look-up, and lets secret scanners be sure.
 */
public record KeyText(String text) {
    public static final String PREFIX = "tg-";

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int PUBLIC_LENGTH = 8;
    private static final int SECRET_LENGTH = 34;
    private static final int CHECKSUM_LENGTH = 6;
    private static final int BODY_LENGTH = PREFIX.length() + PUBLIC_LENGTH + SECRET_LENGTH;

    /** The length of every well-formed key. */
    public static final int LENGTH = BODY_LENGTH + CHECKSUM_LENGTH;

    public KeyText {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException("not a well-formed key");
        }
    }

    /** Whether a text can be a key at all: form and checksum, no look-up. */
    public static boolean isWellFormed(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return false;
        }
        for (int i = PREFIX.length(); i < LENGTH; i++) {
            if (ALPHABET.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return text.endsWith(checksum(text.substring(0, BODY_LENGTH)));
    }

    /** A new key; {@code random} gives a uniformly random whole number from 0 (inclusive) to its argument (exclusive). */
    public static KeyText generate(IntUnaryOperator random) {
        StringBuilder body = new StringBuilder(PREFIX);
        for (int i = 0; i < PUBLIC_LENGTH + SECRET_LENGTH; i++) {
            body.append(ALPHABET.charAt(random.applyAsInt(ALPHABET.length())));
        }
        return new KeyText(body + checksum(body.toString()));
    }

    /** What may be shown later: the prefix with the public characters. */
    public String keyPrefix() {
        return text.substring(0, PREFIX.length() + PUBLIC_LENGTH);
    }

    public String last4() {
        return text.substring(text.length() - 4);
    }

    @Override
    public String toString() {
        return keyPrefix() + "…";
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECKSUM_LENGTH];
        long rest = crc.getValue();
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        return new String(digits);
    }
}
