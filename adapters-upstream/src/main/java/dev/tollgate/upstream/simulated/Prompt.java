package dev.tollgate.upstream.simulated;

import dev.tollgate.upstream.meter.JsonTree;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a request the simulated provider pays heed to.
 *
 * @param text the last message's
 * @param tool the first tool, null if there is none to be called
 * @param outputMax the most words it may say
 */
record Prompt(String text, Directions directions, @Nullable Tool tool, long outputMax) {
    private static final Set<String> MEMBERS = Set.of("messages", "tools", "max_tokens", "max_completion_tokens");

    /** A tool and arguments that fit its schema's required members. */
    record Tool(String name, String arguments) {}

    static Prompt of(byte[] body, @Nullable Long outputBound) {
        Map<String, Object> members = JsonTree.members(body, 0, body.length, MEMBERS);
        Map<String, Object> read = members == null ? Map.of() : members;
        String text = lastText(read.get("messages"));
        Directions directions = Directions.in(text);
        boolean toolMeant =
                directions.says("tool") || text.toLowerCase(Locale.ROOT).contains("tool");
        return new Prompt(
                Directions.removed(text),
                directions,
                toolMeant ? firstTool(read.get("tools")) : null,
                outputMax(outputBound, read));
    }

    private static long outputMax(@Nullable Long outputBound, Map<String, Object> body) {
        if (outputBound != null) {
            return outputBound;
        }
        Object bound = body.getOrDefault("max_completion_tokens", body.get("max_tokens"));
        return bound instanceof Long count && count > 0 ? count : Long.MAX_VALUE;
    }

    private static String lastText(@Nullable Object messages) {
        if (!(messages instanceof List<?> list) || list.isEmpty()) {
            return "";
        }
        Object content = JsonTree.object(list.get(list.size() - 1)).get("content");
        if (!(content instanceof List<?> blocks)) {
            return JsonTree.text(content);
        }
        StringBuilder text = new StringBuilder();
        for (Object block : blocks) {
            text.append(JsonTree.text(JsonTree.object(block).get("text")));
        }
        return text.toString();
    }

    private static @Nullable Tool firstTool(@Nullable Object tools) {
        if (!(tools instanceof List<?> list) || list.isEmpty()) {
            return null;
        }
        Map<String, Object> first = JsonTree.object(list.get(0));
        Map<String, Object> function = first.containsKey("function") ? JsonTree.object(first.get("function")) : first;
        Object schema = function.getOrDefault("parameters", function.get("input_schema"));
        return new Tool(JsonTree.text(function.get("name")), Samples.of(JsonTree.object(schema)));
    }
}
