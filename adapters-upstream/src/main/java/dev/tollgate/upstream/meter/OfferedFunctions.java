package dev.tollgate.upstream.meter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The functions offered to a model, in any dialect's form, counted as OpenAI renders them: its cookbook ("How to count
 * tokens with tiktoken", section 7) names what each function, property and enumerated value costs beside its words.
 */
record OfferedFunctions(List<Map<String, Object>> specs) {
    private static final Set<String> SCHEMAS =
            Set.of("parameters", "input_schema", "parametersJsonSchema", "parameters_json_schema");
    private static final Set<String> LISTS = Set.of("functionDeclarations", "function_declarations");
    private static final Set<String> WRAPS = Set.of("function", "toolSpec");
    private static final String BEDROCK_SCHEMA = "inputSchema";
    private static final Set<String> MEMBERS = Set.of(
            "name",
            "description",
            "parameters",
            "input_schema",
            "parametersJsonSchema",
            "parameters_json_schema",
            "functionDeclarations",
            "function_declarations",
            "function",
            "toolSpec",
            BEDROCK_SCHEMA);
    private static final int PROPERTIES = 3;
    private static final int PER_PROPERTY = 3;
    private static final int PER_VALUE = 3;

    /** @param tools the offered tools as a JSON array; empty if there are none */
    static OfferedFunctions in(String tools) {
        List<Map<String, Object>> specs = new ArrayList<>();
        byte[] json = tools.getBytes(UTF_8);
        JsonTree.elements(json, 0, json.length, MEMBERS).forEach(tool -> add(specs, tool));
        return new OfferedFunctions(specs);
    }

    private static void add(List<Map<String, Object>> specs, Map<String, Object> tool) {
        if (tool.containsKey("name")) {
            specs.add(tool);
        }
        WRAPS.stream()
                .map(wrap -> JsonTree.object(tool.get(wrap)))
                .filter(spec -> !spec.isEmpty())
                .forEach(specs::add);
        for (String list : LISTS) {
            if (tool.get(list) instanceof List<?> declared) {
                declared.forEach(spec -> specs.add(JsonTree.object(spec)));
            }
        }
    }

    boolean isEmpty() {
        return specs.isEmpty();
    }

    /** @param perFunction tokens around each function */
    long tokens(Vocabulary vocabulary, int perFunction) {
        long tokens = 0;
        for (Map<String, Object> spec : specs) {
            tokens += perFunction + vocabulary.tokens(JsonTree.text(spec.get("name")) + ":" + description(spec));
            tokens += properties(vocabulary, JsonTree.object(schema(spec).get("properties")));
        }
        return tokens;
    }

    private static Map<String, Object> schema(Map<String, Object> spec) {
        return SCHEMAS.stream()
                .map(name -> JsonTree.object(spec.get(name)))
                .filter(schema -> !schema.isEmpty())
                .findFirst()
                .orElseGet(() -> JsonTree.object(
                        JsonTree.object(spec.get(BEDROCK_SCHEMA)).get("json")));
    }

    private static long properties(Vocabulary vocabulary, Map<String, Object> properties) {
        long tokens = properties.isEmpty() ? 0 : PROPERTIES;
        for (Map.Entry<String, Object> property : properties.entrySet()) {
            Map<String, Object> schema = JsonTree.object(property.getValue());
            String type = JsonTree.text(schema.get("type"));
            tokens += vocabulary.tokens(property.getKey() + ":" + type + ":" + description(schema));
            if (schema.get("enum") instanceof List<?> values) {
                for (Object value : values) {
                    tokens += PER_VALUE + vocabulary.tokens(value.toString());
                }
            } else {
                tokens += PER_PROPERTY;
            }
            tokens += properties(vocabulary, JsonTree.object(schema.get("properties")));
            tokens += properties(
                    vocabulary,
                    JsonTree.object(JsonTree.object(schema.get("items")).get("properties")));
        }
        return tokens;
    }

    private static String description(Map<String, Object> of) {
        String text = JsonTree.text(of.get("description"));
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
