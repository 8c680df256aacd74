package dev.tollgate.web.relay.gemini.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Google's schemas as JSON Schema: types in small letters, {@code nullable} as one more type, bounds as numbers. What
 * JSON Schema has no word for and only orders or illustrates is left out.
 */
final class GoogleSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String NULL = "null";
    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
    private static final Set<String> LEFT_OUT = Set.of("propertyOrdering", "example", "nullable");

    private GoogleSchema() {}

    static JsonNode json(JsonNode google) {
        if (!(google instanceof ObjectNode schema)) {
            return google;
        }
        ObjectNode json = JSON.objectNode();
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String keyword = UNDERSCORE
                    .matcher(member.getKey())
                    .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
            if (!LEFT_OUT.contains(keyword)) {
                add(json, keyword, member.getValue());
            }
        }
        if (schema.path("nullable").asBoolean()) {
            allowNull(json);
        }
        return json;
    }

    private static void add(ObjectNode json, String keyword, JsonNode value) {
        switch (keyword) {
            case "type" -> addType(json, value);
            case "properties", "defs", "$defs" -> json.set(keyword, each(value));
            case "items", "additionalProperties", "not" -> json.set(keyword, json(value));
            case "anyOf", "oneOf", "allOf" -> json.set(keyword, all(value));
            case "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties" ->
                json.set(keyword, number(value));
            case "format" -> {
                if (!value.asText().equals("enum")) {
                    json.set(keyword, value);
                }
            }
            default -> json.set(keyword, value);
        }
    }

    private static void addType(ObjectNode json, JsonNode value) {
        if (!value.isTextual()) {
            json.set("type", value);
        } else if (!value.textValue().equals("TYPE_UNSPECIFIED")) {
            json.put("type", value.textValue().toLowerCase(Locale.ROOT));
        }
    }

    private static JsonNode each(JsonNode schemas) {
        ObjectNode json = JSON.objectNode();
        schemas.properties().forEach(member -> json.set(member.getKey(), json(member.getValue())));
        return json;
    }

    private static JsonNode all(JsonNode schemas) {
        ArrayNode json = JSON.arrayNode();
        schemas.forEach(schema -> json.add(json(schema)));
        return json;
    }

    /** Protobuf writes 64-bit numbers as strings. */
    private static JsonNode number(JsonNode value) {
        return value.isTextual() && WHOLE.matcher(value.textValue()).matches()
                ? JSON.numberNode(Long.parseLong(value.textValue()))
                : value;
    }

    private static void allowNull(ObjectNode json) {
        if (json.get("type") instanceof TextNode type) {
            json.set("type", JSON.arrayNode().add(type).add(NULL));
        }
        if (json.get("enum") instanceof ArrayNode names) {
            json.set("enum", names.deepCopy().addNull());
        }
        if (json.get("anyOf") instanceof ArrayNode choices) {
            choices.add(JSON.objectNode().put("type", NULL));
        }
    }
}
