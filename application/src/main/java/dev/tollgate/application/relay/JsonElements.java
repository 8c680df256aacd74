package dev.tollgate.application.relay;

import dev.tollgate.application.relay.JsonMembers.Kind;
import dev.tollgate.application.relay.JsonMembers.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements of a JSON array as places in its bytes, which {@link JsonMembers} has found well-formed. */
public final class JsonElements {
    private final byte[] json;
    private int at;

    private JsonElements(byte[] json, int at) {
        this.json = json;
        this.at = at;
    }

    /** The elements in order; none if the value is no array. */
    public static List<Value> of(byte[] json, @Nullable Value array) {
        return array == null || array.kind() != Kind.ARRAY
                ? List.of()
                : new JsonElements(json, array.start() + 1).read();
    }

    private List<Value> read() {
        List<Value> elements = new ArrayList<>();
        for (skipBetween(); json[at] != ']'; skipBetween()) {
            int start = at;
            skipValue();
            elements.add(new Value(kind(json[start]), start, at));
        }
        return elements;
    }

    private void skipBetween() {
        while (json[at] == ',' || isSpace(json[at])) {
            at++;
        }
    }

    private void skipValue() {
        switch (json[at]) {
            case '"' -> skipText();
            case '{', '[' -> skipNested();
            default -> {
                while (json[at] != ',' && json[at] != ']' && !isSpace(json[at])) {
                    at++;
                }
            }
        }
    }

    private void skipNested() {
        int depth = 0;
        do {
            switch (json[at]) {
                case '"' -> {
                    skipText();
                    continue;
                }
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            at++;
        } while (depth > 0);
    }

    private void skipText() {
        at++;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private static boolean isSpace(byte next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }

    private static Kind kind(byte first) {
        return switch (first) {
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case '"' -> Kind.STRING;
            case 't', 'f' -> Kind.BOOLEAN;
            case 'n' -> Kind.NULL;
            default -> Kind.NUMBER;
        };
    }
}
