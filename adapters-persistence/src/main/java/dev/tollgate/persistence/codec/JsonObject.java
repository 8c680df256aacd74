package dev.tollgate.persistence.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A parsed JSON object of texts, whole numbers, booleans, lists and objects; a member that must be there is required. */
final class JsonObject {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, Object> members;

    private JsonObject(Map<String, Object> members) {
        this.members = members;
    }

    /** @throws IllegalArgumentException if it is not one whole JSON object */
    static JsonObject of(byte[] json) {
        return (JsonObject) parse(json);
    }

    /** @throws IllegalArgumentException if it is not one whole JSON array of objects */
    static List<JsonObject> listOf(byte[] json) {
        List<?> items = (List<?>) parse(json);
        return items.stream().map(JsonObject.class::cast).toList();
    }

    private static Object parse(byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return value(parser);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = Objects.requireNonNull(parser.currentToken(), "no value");
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new IOException("unexpected " + token);
        };
    }

    private static JsonObject object(JsonParser parser) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new JsonObject(members);
    }

    private static List<Object> list(JsonParser parser) throws IOException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    String text(String name) {
        return (String) required(name);
    }

    @Nullable
    String textOrNull(String name) {
        return (String) members.get(name);
    }

    long number(String name) {
        return (Long) required(name);
    }

    @Nullable
    Long numberOrNull(String name) {
        return (Long) members.get(name);
    }

    long numberOrZero(String name) {
        return Objects.requireNonNullElse(numberOrNull(name), 0L);
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    JsonObject object(String name) {
        return (JsonObject) required(name);
    }

    List<JsonObject> objects(String name) {
        return items(name, JsonObject.class::cast);
    }

    List<String> texts(String name) {
        return items(name, String.class::cast);
    }

    /** A member object's numbers by name; empty if it is absent. */
    Map<String, Long> numbersByName(String name) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        if (members.get(name) instanceof JsonObject object) {
            object.members.forEach((key, value) -> numbers.put(key, (Long) value));
        }
        return numbers;
    }

    private <T> List<T> items(String name, Function<Object, T> cast) {
        List<T> items = new ArrayList<>();
        if (members.get(name) instanceof List<?> values) {
            values.forEach(value -> items.add(cast.apply(Objects.requireNonNull(value))));
        }
        return items;
    }

    private Object required(String name) {
        Object value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }
}
