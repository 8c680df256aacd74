package dev.tollgate.upstream.gemini.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A JSON schema with no more than the words the API's reference lists for {@code responseJsonSchema}; some of the others
 * are said in these, the rest is left out, so that the schema allows more.
 */
final class GeminiSchema {
    private static final Set<String> KNOWN = Set.of(
            "$id",
            "$defs",
            "$ref",
            "$anchor",
            "type",
            "format",
            "title",
            "description",
            "enum",
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "minimum",
            "maximum",
            "anyOf",
            "oneOf",
            "properties",
            "additionalProperties",
            "required",
            "propertyOrdering");

    private GeminiSchema() {}

    /** The schema itself, changed in place. */
    static ObjectNode of(ObjectNode schema) {
        Schemas.visit(schema, GeminiSchema::simplify);
        return schema;
    }

    private static void simplify(ObjectNode schema) {
        renameDefinitions(schema);
        if (schema.has("$ref")) {
            schema.retain(schema.properties().stream()
                    .map(entry -> entry.getKey())
                    .filter(name -> name.startsWith("$") && KNOWN.contains(name))
                    .toList());
            return;
        }
        mergeAll(schema);
        JsonNode constant = schema.remove("const");
        if (constant != null) {
            schema.putArray("enum").add(constant);
        }
        bound(schema, "exclusiveMinimum", "minimum");
        bound(schema, "exclusiveMaximum", "maximum");
        if (schema.get("enum") instanceof ArrayNode values) {
            choices(schema, values);
        }
        if (schema.path("type").asText().equals("array") && !schema.has("items") && !schema.has("prefixItems")) {
            schema.putObject("items");
        }
        schema.retain(KNOWN);
    }

    private static void renameDefinitions(ObjectNode schema) {
        if (schema.get("definitions") instanceof ObjectNode definitions) {
            schema.withObjectProperty("$defs").setAll(definitions);
            schema.remove("definitions");
        }
        String reference = schema.path("$ref").asText("");
        if (reference.startsWith("#/definitions/")) {
            schema.put("$ref", "#/$defs/" + reference.substring("#/definitions/".length()));
        }
    }

    /** All of several schemas is one with the members of each; of a member that two have, the first is taken. */
    private static void mergeAll(ObjectNode schema) {
        if (!(schema.remove("allOf") instanceof ArrayNode all)) {
            return;
        }
        for (JsonNode each : all) {
            if (each instanceof ObjectNode one) {
                one.properties().forEach(member -> merge(schema, member.getKey(), member.getValue()));
            }
        }
    }

    private static void merge(ObjectNode schema, String name, JsonNode value) {
        JsonNode known = schema.get(name);
        if (known == null) {
            schema.set(name, value);
        } else if (known instanceof ObjectNode properties && name.equals("properties")) {
            value.properties().forEach(each -> properties.putIfAbsent(each.getKey(), each.getValue()));
        } else if (known instanceof ArrayNode required && name.equals("required")) {
            value.forEach(required::add);
        }
    }

    private static void bound(ObjectNode schema, String exclusive, String inclusive) {
        JsonNode bound = schema.remove(exclusive);
        if (bound != null && bound.isNumber() && !schema.has(inclusive)) {
            schema.set(inclusive, bound);
        }
    }

    /** Only strings and numbers can be chosen from. */
    private static void choices(ObjectNode schema, ArrayNode values) {
        List<JsonNode> known = new ArrayList<>();
        StreamSupport.stream(values.spliterator(), false)
                .filter(value -> value.isTextual() || value.isNumber())
                .forEach(known::add);
        if (known.isEmpty()) {
            schema.remove("enum");
        } else {
            schema.set("enum", Json.array().addAll(known));
        }
    }
}
