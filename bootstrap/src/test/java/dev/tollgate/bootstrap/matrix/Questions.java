package dev.tollgate.bootstrap.matrix;

import static dev.tollgate.bootstrap.matrix.Json.object;

import java.util.List;
import java.util.Map;

/** What is asked in every dialect alike. */
final class Questions {
    static final String HELLO = "Say hello.";
    static final String WEATHER = "What is the weather in Paris?";

    private Questions() {}

    static Map<String, Object> weatherInput() {
        return object(
                "type", "object",
                "properties", object("city", object("type", "string", "description", "The city")),
                "required", List.of("city"));
    }

    static Map<String, Object> schema() {
        return object(
                "type",
                "object",
                "properties",
                object("answer", object("type", "integer")),
                "required",
                List.of("answer"),
                "additionalProperties",
                false);
    }
}
