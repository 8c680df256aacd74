package dev.tollgate.web.admin;

import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A view as it stands in the operation log: JSON, of a view that is too long only its beginning, which says so. */
final class NoteText {
    /** So that a page of the log stays readable, and an entry fits its column. */
    static final int LENGTH_MAX = 100_000;

    private NoteText() {}

    static String of(Object view, JsonMapper json) {
        try {
            String whole = json.writeValueAsString(view);
            return whole.length() <= LENGTH_MAX ? whole : json.writeValueAsString(beginning(whole));
        } catch (IOException e) {
            throw new UncheckedIOException("a view that is not JSON", e);
        }
    }

    private static Map<String, String> beginning(String whole) {
        Map<String, String> cut = new LinkedHashMap<>();
        cut.put("cut", "the first " + LENGTH_MAX + " of " + whole.length() + " characters");
        cut.put("beginning", whole.substring(0, LENGTH_MAX));
        return cut;
    }
}
