package dev.tollgate.application.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.JsonMembers.Kind;
import dev.tollgate.application.relay.JsonMembers.Value;
import dev.tollgate.application.relay.JsonScan.Malformed;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks JSON bytes once, checking all of them and remembering only the outermost members. */
final class JsonReader {
    private final byte[] json;
    private final int to;
    private int at;
    private int keys;

    JsonReader(byte[] json, int from, int to) {
        this.json = json;
        this.to = to;
        this.at = from;
    }

    JsonScan read() {
        try {
            skipSpace();
            int start = at;
            if (peek() != '{') {
                throw new Unreadable("not an object", at);
            }
            Map<String, Value> members = new LinkedHashMap<>();
            object(1, members);
            int end = at;
            skipSpace();
            if (at != to) {
                throw new Unreadable("bytes after the object", at);
            }
            return new JsonMembers(json, start, end, members);
        } catch (Unreadable unreadable) {
            return new Malformed(unreadable.what, unreadable.offset);
        }
    }

    private void value(int depth) {
        switch (peek()) {
            case '{' -> object(depth + 1, null);
            case '[' -> array(depth + 1);
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private Kind kind() {
        return switch (peek()) {
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case '"' -> Kind.STRING;
            case 't', 'f' -> Kind.BOOLEAN;
            case 'n' -> Kind.NULL;
            default -> Kind.NUMBER;
        };
    }

    /** Reads an object; its members are kept where a map is given. */
    private void object(int depth, @Nullable Map<String, Value> members) {
        enter(depth);
        skipSpace();
        if (peek() == '}') {
            at++;
            return;
        }
        while (true) {
            int keyStart = at;
            expect('"');
            at--;
            string();
            int keyEnd = at;
            if (++keys > JsonScan.KEYS_MAX) {
                throw new Unreadable("more than " + JsonScan.KEYS_MAX + " keys", keyStart);
            }
            skipSpace();
            expect(':');
            skipSpace();
            int start = at;
            Kind kind = kind();
            value(depth);
            if (members != null && members.put(text(json, keyStart, keyEnd), new Value(kind, start, at)) != null) {
                throw new Unreadable("a key stands twice", keyStart);
            }
            if (endsWith('}')) {
                return;
            }
        }
    }

    private void array(int depth) {
        enter(depth);
        skipSpace();
        if (peek() == ']') {
            at++;
            return;
        }
        do {
            value(depth);
        } while (!endsWith(']'));
    }

    private void enter(int depth) {
        if (depth > JsonScan.DEPTH_MAX) {
            throw new Unreadable("nested deeper than " + JsonScan.DEPTH_MAX, at);
        }
        at++;
    }

    /** Whether the list ends here; else steps over the comma to its next entry. */
    private boolean endsWith(char close) {
        skipSpace();
        if (peek() == close) {
            at++;
            return true;
        }
        expect(',');
        skipSpace();
        return false;
    }

    private void string() {
        at++;
        while (true) {
            int next = peek();
            if (next == '"') {
                at++;
                return;
            } else if (next == '\\') {
                escape();
            } else if (next >= 0x80) {
                int end = Utf8.sequenceEnd(json, at, to);
                if (end < 0) {
                    throw new Unreadable("not UTF-8", at);
                }
                at = end;
            } else if (next < 0x20) {
                throw new Unreadable("a bare control character in a string", at);
            } else {
                at++;
            }
        }
    }

    private void escape() {
        at++;
        int escaped = peek();
        at++;
        if (escaped == 'u') {
            for (int digit = 0; digit < 4; digit++, at++) {
                if (Character.digit(peek(), 16) < 0) {
                    throw new Unreadable("not a hexadecimal digit", at);
                }
            }
        } else if ("\"\\/bfnrt".indexOf(escaped) < 0) {
            throw new Unreadable("an unknown escape", at - 1);
        }
    }

    private void literal(String word) {
        for (int letter = 0; letter < word.length(); letter++) {
            expect(word.charAt(letter));
        }
    }

    private void number() {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (at < to && json[at] == '.') {
            at++;
            digits();
        }
        if (at < to && (json[at] == 'e' || json[at] == 'E')) {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
    }

    private void digits() {
        int first = at;
        while (at < to && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        if (at == first) {
            throw new Unreadable("not a value", at);
        }
    }

    private void skipSpace() {
        while (at < to && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw new Unreadable("'" + wanted + "' expected", at);
        }
        at++;
    }

    private int peek() {
        if (at >= to) {
            throw new Unreadable("the text ends too early", to);
        }
        return json[at] & 0xff;
    }

    /** A checked string's characters; {@code start} and {@code end} are around its quotes. */
    static String text(byte[] json, int start, int end) {
        String raw = new String(json, start + 1, end - start - 2, UTF_8);
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder text = new StringBuilder(raw.length());
        for (int at = 0; at < raw.length(); at++) {
            char next = raw.charAt(at);
            if (next != '\\') {
                text.append(next);
                continue;
            }
            char escaped = raw.charAt(++at);
            if (escaped == 'u') {
                text.append((char) Integer.parseInt(raw, at + 1, at + 5, 16));
                at += 4;
            } else {
                text.append(unescaped(escaped));
            }
        }
        return text.toString();
    }

    private static char unescaped(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }

    /** Leaves the walk from any depth; carries no stack, for bad bodies may come by the thousand. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String what;
        private final int offset;

        Unreadable(String what, int offset) {
            super(what, null, false, false);
            this.what = what;
            this.offset = offset;
        }
    }
}
