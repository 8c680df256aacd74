package dev.tollgate.web.relay.input;

import java.nio.charset.StandardCharsets;

/** The bytes from {@code start} up to and without {@code end} of well-formed JSON. */
record ByteRange(int start, int end) {
    private static final int ESCAPE_CHARS = 2;
    private static final int UNICODE_ESCAPE_CHARS = 6;
    private static final int UTF8_CHAR_BYTES_MAX = 3;

    /** What stands between the quotes of a string that begins at an offset. */
    static ByteRange ofString(byte[] json, int quote) {
        int at = quote + 1;
        while (json[at] != '"') {
            at += json[at] == '\\' ? ESCAPE_CHARS : 1;
        }
        return new ByteRange(quote + 1, at);
    }

    int length() {
        return end - start;
    }

    /** An upper bound of the bytes it has as UTF-8 once escapes are undone. */
    long utf8Length(byte[] json) {
        long length = length();
        for (int at = start; at < end; at++) {
            if (json[at] == '\\') {
                boolean unicode = json[at + 1] == 'u';
                length -= unicode ? UNICODE_ESCAPE_CHARS - UTF8_CHAR_BYTES_MAX : 1;
                at += unicode ? UNICODE_ESCAPE_CHARS - 1 : 1;
            }
        }
        return length;
    }

    boolean startsWith(byte[] json, String ascii) {
        byte[] prefix = ascii.getBytes(StandardCharsets.US_ASCII);
        return length() >= prefix.length
                && java.util.Arrays.equals(json, start, start + prefix.length, prefix, 0, prefix.length);
    }
}
