package dev.tollgate.upstream.simulated;

import dev.tollgate.upstream.http.JsonEdits;
import dev.tollgate.upstream.meter.JsonTree;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Arguments that a tool's schema would take. */
final class Samples {
    private Samples() {}

    /** An object with every required member of a schema. */
    static String of(Map<String, Object> schema) {
        Map<String, Object> properties = JsonTree.object(schema.get("properties"));
        if (!(schema.get("required") instanceof List<?> required)) {
            return "{}";
        }
        return required.stream()
                .map(name -> JsonEdits.quoted(name.toString()) + ":"
                        + value(JsonTree.object(properties.get(name.toString()))))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String value(Map<String, Object> schema) {
        if (schema.get("enum") instanceof List<?> choices && !choices.isEmpty()) {
            return choices.get(0) instanceof String text
                    ? JsonEdits.quoted(text)
                    : choices.get(0).toString();
        }
        return switch (JsonTree.text(schema.get("type"))) {
            case "integer", "number" -> "1";
            case "boolean" -> "true";
            case "array" -> "[]";
            case "object" -> of(schema);
            default -> "\"sample\"";
        };
    }
}
