package dev.tollgate.upstream.gemini.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.upstream.conversation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A call whose arguments come in pieces, each at a JSON path (RFC 9535) of plain names and indices:
 * {@code $.foo.bar[0]['a b']}. Pieces of a string at one path are joined.
 */
final class PartialCall {
    private static final Pattern STEP =
            Pattern.compile("\\.([^.\\[\\]]+)|\\[(\\d{1,4})]|\\['([^']*)']|\\[\"([^\"]*)\"]");

    private final Block.ToolCall call;
    private final ObjectNode arguments = Json.object();

    PartialCall(Block.ToolCall call) {
        this.call = call;
    }

    Block.ToolCall call() {
        return call;
    }

    String arguments() {
        return arguments.toString();
    }

    void add(JsonNode piece) {
        if (piece.path("args") instanceof ObjectNode whole) {
            arguments.setAll(whole);
        }
        for (JsonNode partial : piece.path("partialArgs")) {
            List<String> steps = steps(Json.text(partial, "jsonPath"));
            JsonNode value = value(partial);
            if (value != null && !steps.isEmpty()) {
                put(arguments, steps, value);
            }
        }
    }

    /** The steps of a path, indices with a leading bracket; none if it is not understood. */
    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        int at = 1;
        while (at < path.length() && step.find(at) && step.start() == at) {
            String index = step.group(2);
            String quoted = step.group(3) != null ? step.group(3) : step.group(4);
            steps.add(index != null ? "[" + index : quoted != null ? quoted : step.group(1));
            at = step.end();
        }
        return path.startsWith("$") && at == path.length() ? steps : List.of();
    }

    private static @Nullable JsonNode value(JsonNode partial) {
        if (partial.has("nullValue")) {
            return NullNode.getInstance();
        }
        JsonNode text = partial.path("stringValue");
        JsonNode value = text.isTextual()
                ? text
                : partial.has("boolValue") ? partial.get("boolValue") : partial.get("numberValue");
        return value;
    }

    private static void put(JsonNode into, List<String> steps, JsonNode value) {
        String step = steps.getFirst();
        JsonNode known = child(into, step);
        if (steps.size() == 1) {
            boolean grows = known.isTextual() && value.isTextual();
            set(into, step, grows ? TextNode.valueOf(known.asText() + value.asText()) : value);
            return;
        }
        JsonNode next = known.isContainerNode() ? known : steps.get(1).startsWith("[") ? Json.array() : Json.object();
        set(into, step, next);
        put(next, steps.subList(1, steps.size()), value);
    }

    private static JsonNode child(JsonNode parent, String step) {
        return parent.isArray() ? parent.path(index(step)) : parent.path(step);
    }

    private static int index(String step) {
        return step.startsWith("[") ? Integer.parseInt(step.substring(1)) : 0;
    }

    private static void set(JsonNode parent, String step, JsonNode value) {
        if (parent instanceof ArrayNode array) {
            while (array.size() <= index(step)) {
                array.addNull();
            }
            array.set(index(step), value);
        } else if (parent instanceof ObjectNode object) {
            object.set(step, value);
        }
    }
}
