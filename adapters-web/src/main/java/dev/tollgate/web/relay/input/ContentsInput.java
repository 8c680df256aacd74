package dev.tollgate.web.relay.input;

import dev.tollgate.application.relay.JsonElements;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.JsonMembers.Kind;
import dev.tollgate.application.relay.JsonMembers.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the prompt of a body with Gemini's {@code contents}. */
public final class ContentsInput {
    /** A large image is cut into tiles of 258 tokens, and at the highest resolution costs 2,240 (Gemini API, media). */
    private static final long IMAGE_TOKENS = 11_000;

    private static final long TOOLS_TOKENS = 1_000;
    private static final long PROVIDED_TOOL_TOKENS = 1_500;

    /** What a model from Gemini 3 on searches in one call; each query is billed. Earlier ones bill the prompt, once. */
    private static final long QUERIES_MAX = 20;

    private static final String SEARCH_BY_THE_PROMPT = "gemini-(1|2|robotics-er-1)[.-].*";

    /** Names on the price list that are not those of the body. */
    private static final Map<String, String> PRICE_NAMES = Map.of(
            "google_search", "web_search",
            "google_search_retrieval", "web_search",
            "enterprise_web_search", "web_search");

    /** What the caller's own program runs. */
    private static final List<String> RUN_BY_CALLER = List.of("function_declarations", "computer_use");

    private ContentsInput() {}

    /** Reads a body of any operation, wherever its contents stand. */
    public static PromptInput of(byte[] body, JsonMembers members, String model) {
        ContentScan scan = ContentScan.of(body, members);
        Value tools = members.value("tools");
        Map<String, Long> serverTools = serverTools(body, tools, model);
        Long bound = serverTools.isEmpty() && scan.isBounded() ? bound(body, members, scan, tools) : null;
        SessionHints hints = new SessionHints(body);
        scan.references().forEach(hints::add);
        hints.add(scan.system());
        hints.add(scan.first());
        return new PromptInput(bound, serverTools, hints.list(), scan.references());
    }

    private static long bound(byte[] body, JsonMembers members, ContentScan scan, @Nullable Value tools) {
        long textBytes = new ByteRange(members.start(), members.end()).utf8Length(body) - scan.dataBytes();
        long toolTokens = tools == null ? 0 : TOOLS_TOKENS + PROVIDED_TOOL_TOKENS;
        return textBytes + scan.images() * IMAGE_TOKENS + scan.audioTokens() + toolTokens;
    }

    /** Where a list is due, the API also takes its only element. */
    private static Map<String, Long> serverTools(byte[] body, @Nullable Value tools, String model) {
        Map<String, Long> serverTools = new HashMap<>();
        List<Value> elements =
                tools != null && tools.kind() == Kind.OBJECT ? List.of(tools) : JsonElements.of(body, tools);
        for (Value element : elements) {
            boolean isObject = element.kind() == Kind.OBJECT;
            if (isObject && JsonMembers.scan(body, element.start(), element.end()) instanceof JsonMembers tool) {
                tool.values().forEach((name, value) -> {
                    if (value.kind() != Kind.NULL) {
                        addTool(serverTools, snake(name), model);
                    }
                });
            }
        }
        return serverTools;
    }

    private static void addTool(Map<String, Long> serverTools, String name, String model) {
        if (RUN_BY_CALLER.contains(name)) {
            return;
        }
        String priceName = PRICE_NAMES.getOrDefault(name, name);
        boolean byTheQuery = priceName.equals("web_search") && !model.matches(SEARCH_BY_THE_PROMPT);
        serverTools.put(priceName, byTheQuery ? QUERIES_MAX : 1L);
    }

    private static String snake(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
