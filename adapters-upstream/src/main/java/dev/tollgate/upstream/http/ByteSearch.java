package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Tells whether a word is among bytes, looking at few of them (Horspool), for it is asked of every prompt. */
public final class ByteSearch {
    private static final int BYTE_VALUES = 256;

    private final byte[] word;

    /** How far the word can be moved on, by the byte under its end. */
    private final int[] steps = new int[BYTE_VALUES];

    private ByteSearch(byte[] word) {
        this.word = word;
        Arrays.fill(steps, word.length);
        for (int at = 0; at < word.length - 1; at++) {
            steps[word[at]] = word.length - 1 - at;
        }
    }

    /** @param word ASCII, not empty */
    public static ByteSearch of(String word) {
        return new ByteSearch(word.getBytes(US_ASCII));
    }

    public boolean isIn(byte[] bytes) {
        int last = word.length - 1;
        for (int end = last; end < bytes.length; end += steps[bytes[end] & 0xff]) {
            if (Arrays.equals(bytes, end - last, end + 1, word, 0, word.length)) {
                return true;
            }
        }
        return false;
    }
}
