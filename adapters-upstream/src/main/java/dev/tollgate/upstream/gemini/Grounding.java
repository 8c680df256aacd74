package dev.tollgate.upstream.gemini;

import dev.tollgate.domain.usage.UnitUsage;
import dev.tollgate.upstream.meter.JsonTree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an answer was grounded in. No counter tells it: a search is billed by the grounded prompt for models before
 * Gemini 3 and by the query from then on (Gemini API pricing, 2026); pages and files of the caller's own choice give
 * grounding too, and cost only their tokens.
 */
final class Grounding {
    static final Set<String> MEMBERS = Set.of("webSearchQueries", "searchEntryPoint", "groundingChunks");

    private static final String BY_THE_PROMPT = "(models/)?gemini-(1|2|robotics-er-1)[.-].*";

    private final Set<String> queries = new HashSet<>();
    private boolean isSearched;
    private boolean isMapped;

    void add(Map<String, Object> metadata) {
        if (metadata.get("webSearchQueries") instanceof List<?> told) {
            told.stream().map(JsonTree::text).filter(query -> !query.isBlank()).forEach(queries::add);
        }
        isSearched |= !queries.isEmpty() || metadata.containsKey("searchEntryPoint");
        isMapped |= metadata.get("groundingChunks") instanceof List<?> chunks
                && chunks.stream().anyMatch(chunk -> JsonTree.object(chunk).containsKey("maps"));
    }

    /** The tools it used, by their names on the price list. */
    UnitUsage units(String model) {
        Map<String, Long> tools = new HashMap<>();
        if (isSearched) {
            tools.put("web_search", model.matches(BY_THE_PROMPT) ? 1 : Math.max(1L, queries.size()));
        }
        if (isMapped) {
            tools.put("google_maps", 1L);
        }
        return tools.isEmpty() ? UnitUsage.NONE : UnitUsage.ofTools(tools);
    }
}
