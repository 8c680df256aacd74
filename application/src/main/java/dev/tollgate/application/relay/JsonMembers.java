package dev.tollgate.application.relay;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object as places in its bytes, so that a body is understood and spliced without being built.
 *
 * <p>The whole text is checked against RFC 8259. A key that stands twice in the object is refused: two readers could
 * each take another one. Keys of the objects inside are not compared until {@link #object} looks at one.
 */
public final class JsonMembers implements JsonScan {
    /** What a value is. */
    public enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        BOOLEAN,
        NULL
    }

    /** One value: the bytes from {@code start} up to and without {@code end}, white space around it left out. */
    public record Value(Kind kind, int start, int end) {}

    private final byte[] json;
    private final int start;
    private final int end;
    private final Map<String, Value> members;

    JsonMembers(byte[] json, int start, int end, Map<String, Value> members) {
        this.json = json;
        this.start = start;
        this.end = end;
        this.members = members;
    }

    /** Reads one JSON object that fills the bytes; they are kept, not copied. */
    public static JsonScan scan(byte[] json) {
        return scan(json, 0, json.length);
    }

    /** Reads one JSON object from a part of the bytes; offsets stay those of the whole. */
    public static JsonScan scan(byte[] json, int from, int to) {
        return new JsonReader(json, from, to).read();
    }

    /** The object a value is; null if it is none, or one that is not taken. */
    public static @Nullable JsonMembers of(byte[] json, Value value) {
        boolean isObject = value.kind() == Kind.OBJECT;
        return isObject && scan(json, value.start(), value.end()) instanceof JsonMembers members ? members : null;
    }

    /** The offset of the opening brace. */
    public int start() {
        return start;
    }

    /** The offset after the closing brace. */
    public int end() {
        return end;
    }

    /** The keys, escapes undone, in the order they stand. */
    public Set<String> names() {
        return Collections.unmodifiableSet(members.keySet());
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** The member's value, null if there is none. */
    public @Nullable Value value(String name) {
        return members.get(name);
    }

    /** The kind of the member's value, null if there is none. */
    public @Nullable Kind kind(String name) {
        Value value = members.get(name);
        return value == null ? null : value.kind();
    }

    /** The member's string, escapes undone; null if there is none or it is no string. */
    public @Nullable String text(String name) {
        Value value = members.get(name);
        return value == null || value.kind() != Kind.STRING ? null : JsonReader.text(json, value.start(), value.end());
    }

    /** The member's whole number; null if there is none, or it is no number, has a fraction or exponent, or is too large. */
    public @Nullable Long integer(String name) {
        Value value = members.get(name);
        return value == null || value.kind() != Kind.NUMBER ? null : wholeNumber(value);
    }

    /** The member's truth value; null if there is none or it is none. */
    public @Nullable Boolean flag(String name) {
        Value value = members.get(name);
        if (value == null || value.kind() != Kind.BOOLEAN) {
            return null;
        }
        return json[value.start()] == 't';
    }

    /** The object a member holds; null if there is none or it is no object. */
    public @Nullable JsonScan object(String name) {
        Value value = members.get(name);
        return value == null || value.kind() != Kind.OBJECT ? null : scan(json, value.start(), value.end());
    }

    /** Every member's value by its key, in the order they stand. */
    public Map<String, Value> values() {
        return Collections.unmodifiableMap(members);
    }

    private @Nullable Long wholeNumber(Value value) {
        boolean negative = json[value.start()] == '-';
        long number = 0;
        for (int at = negative ? value.start() + 1 : value.start(); at < value.end(); at++) {
            int digit = json[at] - '0';
            if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
                return null;
            }
            number = number * 10 + digit;
        }
        return negative ? -number : number;
    }
}
