package dev.tollgate.application.relay;

/** Tells well-formed UTF-8 (Unicode 15, table 3-7) from bytes that only look like it. */
final class Utf8 {
    private Utf8() {}

    /** The offset after the character of several bytes that starts here; -1 if it is none. */
    static int sequenceEnd(byte[] bytes, int start, int limit) {
        int lead = bytes[start] & 0xff;
        int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (length == 0 || start + length > limit) {
            return -1;
        }
        int second = bytes[start + 1] & 0xff;
        boolean overlongOrBeyond = second < lowestSecond(lead) || second > highestSecond(lead);
        if (overlongOrBeyond) {
            return -1;
        }
        for (int at = start + 2; at < start + length; at++) {
            if ((bytes[at] & 0xc0) != 0x80) {
                return -1;
            }
        }
        return start + length;
    }

    private static int lowestSecond(int lead) {
        return lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    }

    private static int highestSecond(int lead) {
        return lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    }
}
