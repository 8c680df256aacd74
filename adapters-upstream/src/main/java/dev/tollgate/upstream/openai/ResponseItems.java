package dev.tollgate.upstream.openai;

import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.domain.usage.UnitUsage;
import dev.tollgate.upstream.meter.JsonTree;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The provider's own tools a response used, and the containers it left: no counter tells them, so its output items are
 * counted. Web searches are billed by the search (pages opened and looked through are not), file searches by the call,
 * the code interpreter by the container.
 */
final class ResponseItems {
    private static final Set<String> MEMBERS = Set.of("type", "status", "action", "container_id", "environment");
    private static final Set<String> TYPE = Set.of("type");
    private static final String PREVIEW = "web_search_preview";

    private final Map<String, Long> calls = new TreeMap<>();
    private final Set<String> sessions = new LinkedHashSet<>();
    private final Set<String> containers = new LinkedHashSet<>();
    private String search = "web_search";

    /** Reads which search was offered: its preview has a price of its own. */
    void offered(byte[] json, JsonMembers.@Nullable Value tools) {
        if (tools != null) {
            boolean preview = JsonTree.elements(json, tools.start(), tools.end(), TYPE).stream()
                    .anyMatch(tool -> JsonTree.text(tool.get("type")).startsWith(PREVIEW));
            search = preview ? PREVIEW : search;
        }
    }

    /** Reads all items there are, in place of those added one by one; an empty list says nothing. */
    void are(byte[] json, JsonMembers.@Nullable Value output) {
        if (output == null) {
            return;
        }
        List<Map<String, Object>> all = JsonTree.elements(json, output.start(), output.end(), MEMBERS);
        if (!all.isEmpty()) {
            calls.clear();
            sessions.clear();
            all.forEach(this::count);
        }
    }

    void add(byte[] json, int from, int to) {
        Map<String, Object> item = JsonTree.members(json, from, to, MEMBERS);
        if (item != null) {
            count(item);
        }
    }

    private void count(Map<String, Object> item) {
        String container = container(item);
        if (!container.isEmpty()) {
            containers.add(container);
        }
        if (JsonTree.text(item.get("status")).equals("failed")) {
            return;
        }
        switch (JsonTree.text(item.get("type"))) {
            case "web_search_call" -> {
                String action =
                        JsonTree.text(JsonTree.object(item.get("action")).get("type"));
                if (action.isEmpty() || action.equals("search")) {
                    calls.merge("web_search", 1L, Long::sum);
                }
            }
            case "file_search_call" -> calls.merge("file_search", 1L, Long::sum);
            case "image_generation_call" -> calls.merge("image_generation", 1L, Long::sum);
            case "code_interpreter_call", "shell_call" -> {
                if (!container.isEmpty()) {
                    sessions.add(container);
                }
            }
            default -> {}
        }
    }

    private static String container(Map<String, Object> item) {
        String own = JsonTree.text(item.get("container_id"));
        return own.isEmpty()
                ? JsonTree.text(JsonTree.object(item.get("environment")).get("container_id"))
                : own;
    }

    /** What is priced by the call, under its names on the price list. */
    UnitUsage units() {
        Map<String, Long> tools = new TreeMap<>(calls);
        Long searches = tools.remove("web_search");
        if (searches != null) {
            tools.put(search, searches);
        }
        if (!sessions.isEmpty()) {
            tools.put("code_interpreter", (long) sessions.size());
        }
        tools.replaceAll((name, count) -> Math.min(count, UnitUsage.PIECES_MAX));
        return tools.isEmpty() ? UnitUsage.NONE : UnitUsage.ofTools(tools);
    }

    Set<String> containers() {
        return containers;
    }
}
