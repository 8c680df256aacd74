package dev.tollgate.upstream.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.RawJson;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** JSON schemas as the platforms differ about them. */
public final class Schemas {
    private static final List<String> MAPS_OF_SCHEMAS = List.of("properties", "$defs", "definitions");
    private static final List<String> LISTS_OF_SCHEMAS = List.of("anyOf", "oneOf", "allOf", "prefixItems");
    private static final List<String> SCHEMAS = List.of("items", "additionalProperties", "not", "propertyNames");

    private Schemas() {}

    /** The parameters of a tool, which are an object's schema whatever the caller wrote. */
    public static ObjectNode parameters(RawJson schema) {
        ObjectNode parameters = Json.tree(schema) instanceof ObjectNode object ? object : Json.object();
        if (!parameters.path("type").asText().equals("object")) {
            parameters.put("type", "object");
        }
        if (!parameters.path("properties").isObject()) {
            parameters.set("properties", Json.object());
        }
        return parameters;
    }

    /** Visits a schema and all schemas within it, the outermost first. */
    public static void visit(JsonNode schema, Consumer<ObjectNode> visitor) {
        if (!(schema instanceof ObjectNode object)) {
            return;
        }
        visitor.accept(object);
        SCHEMAS.forEach(name -> visit(object.path(name), visitor));
        LISTS_OF_SCHEMAS.forEach(name -> object.path(name).forEach(each -> visit(each, visitor)));
        MAPS_OF_SCHEMAS.stream()
                .filter(name -> object.path(name).isObject())
                .forEach(name -> object.path(name).forEach(each -> visit(each, visitor)));
    }

    public static boolean isObjects(ObjectNode schema) {
        return has(schema.path("type"), "object") || schema.has("properties");
    }

    private static boolean has(JsonNode type, String name) {
        return type instanceof ArrayNode types
                ? StreamSupport.stream(types.spliterator(), false).anyMatch(each -> has(each, name))
                : type.asText().equals(name);
    }

    /** Whether OpenAI takes it as strict: every object is closed and all its properties are required. */
    public static boolean isStrict(JsonNode schema) {
        boolean[] strict = {schema.isObject()};
        visit(schema, each -> strict[0] &= !isObjects(each) || isClosedAndRequired(each));
        return strict[0];
    }

    private static boolean isClosedAndRequired(ObjectNode schema) {
        Set<String> required = StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        boolean isClosed = schema.path("additionalProperties").isBoolean()
                && !schema.get("additionalProperties").asBoolean();
        boolean[] all = {true};
        schema.path("properties").fieldNames().forEachRemaining(name -> all[0] &= required.contains(name));
        return isClosed && all[0];
    }
}
