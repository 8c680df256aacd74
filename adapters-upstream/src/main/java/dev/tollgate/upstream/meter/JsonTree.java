package dev.tollgate.upstream.meter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Small parts of JSON as plain values: maps, lists, strings, booleans and whole numbers. A member that is null is left
 * out; a number that is not whole or does not fit is an {@link OddNumber}, since no counter can be one.
 */
public final class JsonTree {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonTree() {}

    /** A number no counter can have. */
    public record OddNumber(String text) {}

    /** Some members of an object, the rest skipped unread; null if the bytes are no object. */
    public static @Nullable Map<String, Object> members(byte[] json, int from, int to, Set<String> wanted) {
        try (JsonParser parser = FACTORY.createParser(json, from, to - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, Object> members = members(parser, wanted);
            return parser.nextToken() == null ? members : null;
        } catch (IOException malformed) {
            return null;
        }
    }

    /** Some members of each object in an array, the rest skipped unread; what can be read of them. */
    public static List<Map<String, Object>> elements(byte[] json, int from, int to, Set<String> wanted) {
        List<Map<String, Object>> elements = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(json, from, to - from)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return elements;
            }
            for (JsonToken next = parser.nextToken(); next == JsonToken.START_OBJECT; next = parser.nextToken()) {
                elements.add(members(parser, wanted));
            }
            return elements;
        } catch (IOException malformed) {
            return elements;
        }
    }

    private static Map<String, Object> members(JsonParser parser, Set<String> wanted) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (wanted.contains(name) && value != JsonToken.VALUE_NULL) {
                members.put(name, value(parser));
            } else {
                parser.skipChildren();
            }
        }
        return members;
    }

    /** A member that is an object; empty if it is none. */
    @SuppressWarnings("unchecked") // this class builds the maps, with string keys only
    public static Map<String, Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** A member that is a string; empty if it is none. */
    public static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> parser.getText();
        };
    }

    private static Object number(JsonParser parser) throws IOException {
        boolean fits = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        return fits ? (Object) parser.getLongValue() : new OddNumber(parser.getText());
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                object.put(name, value(parser));
            }
        }
        return object;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_NULL) {
                array.add(value(parser));
            }
        }
        return array;
    }
}
