package dev.tollgate.web.relay.input;

import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.JsonMembers.Kind;
import dev.tollgate.application.relay.JsonMembers.Value;
import dev.tollgate.application.relay.JsonScan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens a prompt can have at most, and what ties it to a conversation.
 *
 * <p>No tokenizer makes more tokens than a text has UTF-8 bytes, and the bytes of the JSON around the texts outweigh
 * what a platform adds for a message; only images, sounds and the platform's own words about tools come on top.
 *
 * @param tokensMax null when input is not in the bytes
 * @param serverTools the provider's own tools the call may use, with the most uses of each
 * @param references ids of what an earlier call or an upload left at an account
 */
public record PromptInput(
        @Nullable Long tokensMax, Map<String, Long> serverTools, List<String> sessionHints, List<String> references) {
    /** 10,000 patches at the finest detail (OpenAI's guide to vision, 2026); Anthropic's largest are under 5,000. */
    private static final long IMAGE_TOKENS = 11_000;

    /** A small model bills its images at a multiple: 2,833 and up to eight tiles of 5,667 (same guide). */
    private static final long IMAGE_TOKENS_4O_MINI = 48_200;

    /** What platforms say to a model about the use of tools (Anthropic: 313 to 804, its documentation of tool use). */
    private static final long TOOLS_TOKENS = 1_000;

    private static final long PROVIDED_TOOL_TOKENS = 1_500;
    private static final String CHAT_SEARCH = "web_search_options";
    private static final String CHAT_SEARCH_PRICE = "web_search_preview";

    public PromptInput {
        serverTools = Map.copyOf(serverTools);
        sessionHints = List.copyOf(sessionHints);
        references = List.copyOf(references);
    }

    /** Reads a body of OpenAI's chat completions. */
    public static PromptInput ofChat(byte[] body, JsonMembers members, String model) {
        MessageScan messages = MessageScan.ofMessages(body, members.value("messages"));
        List<OfferedTool> tools = ToolScan.tools(body, members.value("tools"));
        Map<String, Long> serverTools = serverTools(tools);
        if (isPresent(members, CHAT_SEARCH)) {
            serverTools.put(CHAT_SEARCH_PRICE, 1L);
        }
        long image = model.contains("4o-mini") ? IMAGE_TOKENS_4O_MINI : IMAGE_TOKENS;
        Long bound = serverTools.isEmpty() ? bound(body, members, messages.media(), image, tools) : null;

        SessionHints hints = named(body, members);
        hints.add(messages.cachedSystem());
        hints.add(messages.system());
        hints.add(messages.first());
        return new PromptInput(bound, serverTools, hints.list(), messages.fileIds());
    }

    /** Reads a body of Anthropic's messages. */
    public static PromptInput ofMessages(byte[] body, JsonMembers members) {
        MessageScan messages = MessageScan.ofMessages(body, members.value("messages"));
        List<OfferedTool> tools = ToolScan.tools(body, members.value("tools"));
        Map<String, Long> serverTools = serverTools(tools);
        boolean inBytes =
                serverTools.isEmpty() && !isPresent(members, "mcp_servers") && !isPresent(members, "container");
        Long bound = inBytes ? bound(body, members, messages.media(), IMAGE_TOKENS, tools) : null;
        References references = new References(members);
        references.addMember("container");
        references.addAll(messages.fileIds());
        return new PromptInput(bound, serverTools, messagesHints(body, members, messages), references.list());
    }

    /** Reads a body of OpenAI's responses. */
    public static PromptInput ofResponses(byte[] body, JsonMembers members) {
        MessageScan items = MessageScan.ofMessages(body, members.value("input"));
        List<OfferedTool> tools = ToolScan.tools(body, members.value("tools"));
        Map<String, Long> serverTools = serverTools(tools);
        References references = new References(members);
        references.addMember("previous_response_id");
        references.addMember("conversation");
        boolean inBytes = serverTools.isEmpty() && references.list().isEmpty() && !isPresent(members, "prompt");
        tools.forEach(tool -> references.add(tool.container()));
        references.addAll(items.fileIds());
        Long bound = inBytes ? bound(body, members, items.media(), IMAGE_TOKENS, tools) : null;
        return new PromptInput(bound, serverTools, responsesHints(body, members, items), references.list());
    }

    public CallBounds bounds(@Nullable Long output, int choices) {
        return new CallBounds(tokensMax, output, choices, serverTools);
    }

    private static List<String> responsesHints(byte[] body, JsonMembers members, MessageScan items) {
        SessionHints hints = named(body, members);
        hints.add(text(body, members.value("instructions")));
        hints.add(items.system());
        hints.add(items.first());
        hints.add(text(body, members.value("input")));
        return hints.list();
    }

    private static List<ByteRange> text(byte[] body, @Nullable Value value) {
        return value == null || value.kind() != Kind.STRING
                ? List.of()
                : List.of(ByteRange.ofString(body, value.start()));
    }

    private static List<String> messagesHints(byte[] body, JsonMembers members, MessageScan messages) {
        Value systemValue = members.value("system");
        MessageScan system = MessageScan.ofSystem(body, systemValue);
        List<ByteRange> systemTexts =
                systemValue != null && systemValue.kind() == Kind.STRING ? text(body, systemValue) : system.system();
        boolean onlyMessagesCached =
                system.cached().isEmpty() && !messages.cached().isEmpty();

        SessionHints hints = named(body, members);
        hints.add(onlyMessagesCached ? messages.first() : system.cached());
        hints.add(systemTexts);
        hints.add(messages.first());
        return hints.list();
    }

    /** The names a body can have for its conversation, strongest first; each is known to one dialect or two. */
    private static SessionHints named(byte[] body, JsonMembers members) {
        SessionHints hints = new SessionHints(body);
        hints.add(References.id(members, "conversation"));
        hints.add(ClaudeCodeSession.of(userId(members)));
        hints.add(members.text("prompt_cache_key"));
        return hints;
    }

    private static @Nullable String userId(JsonMembers members) {
        JsonScan metadata = members.object("metadata");
        return metadata instanceof JsonMembers found ? found.text("user_id") : null;
    }

    private static Map<String, Long> serverTools(List<OfferedTool> tools) {
        Map<String, Long> serverTools = new HashMap<>();
        tools.stream()
                .filter(tool -> !tool.isRunByCaller())
                .forEach(tool -> serverTools.merge(tool.priceName(), tool.uses(), Math::max));
        return serverTools;
    }

    private static @Nullable Long bound(
            byte[] body, JsonMembers members, MediaCount media, long imageTokens, List<OfferedTool> tools) {
        if (!media.isBounded()) {
            return null;
        }
        long textBytes = new ByteRange(members.start(), members.end()).utf8Length(body) - media.dataBytes();
        long provided =
                tools.stream().filter(OfferedTool::isDescribedByProvider).count();
        long toolTokens = tools.isEmpty() ? 0 : TOOLS_TOKENS + provided * PROVIDED_TOOL_TOKENS;
        return textBytes + media.images() * imageTokens + media.audioTokens() + toolTokens;
    }

    private static boolean isPresent(JsonMembers members, String name) {
        Kind kind = members.kind(name);
        return kind != null && kind != Kind.NULL;
    }
}
