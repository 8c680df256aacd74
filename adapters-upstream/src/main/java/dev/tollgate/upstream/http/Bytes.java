package dev.tollgate.upstream.http;

/** Looks for short texts in bytes. */
public final class Bytes {
    private Bytes() {}

    /** Where the text begins, -1 if it is not there. */
    public static int indexOf(byte[] bytes, int from, int to, byte[] text) {
        byte first = text[0];
        int last = to - text.length;
        for (int at = from; at <= last; at++) {
            if (bytes[at] == first && isAt(bytes, at, text)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isAt(byte[] bytes, int at, byte[] text) {
        for (int letter = 1; letter < text.length; letter++) {
            if (bytes[at + letter] != text[letter]) {
                return false;
            }
        }
        return true;
    }

    /** Whether an object's text may hold a member, at any depth, that is not null; strings that look so count too. */
    public static boolean mayHave(byte[] json, int from, int to, byte[] quotedName) {
        int at = indexOf(json, from, to, quotedName);
        while (at >= 0) {
            int next = at + quotedName.length;
            while (next < to && (json[next] == ' ' || json[next] == ':')) {
                next++;
            }
            if (next >= to || json[next] != 'n') {
                return true;
            }
            at = indexOf(json, next, to, quotedName);
        }
        return false;
    }
}
