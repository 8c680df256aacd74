package dev.tollgate.upstream.meter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.upstream.Exchanges.Exchange;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells which recordings show everything that was counted: words only, and no work behind the provider's walls. */
final class TextOnly {
    /** Members of a request that stand for what is not in it, or is no text. */
    private static final Set<String> NOT_SHOWN = Set.of(
            "previous_response_id",
            "conversation",
            "mcp_servers",
            "context_management",
            "cachedContent",
            "thoughtSignature",
            "encrypted_content",
            "guardContent",
            "image",
            "image_url",
            "inlineData",
            "fileData",
            "document",
            "video",
            "defer_loading",
            "systemTool",
            "googleSearch",
            "urlContext",
            "codeExecution",
            "fileSearch");

    private static final Pattern SHOWN_TYPES =
            Pattern.compile("text|input_text|output_text|message|tool_use|tool_result|function|custom|function_call|"
                    + "function_call_output|json_schema|json_object|ephemeral|enabled|disabled|adaptive|auto|any|tool|"
                    + "object|string|number|integer|boolean|array|null|explicit|"
                    + "OBJECT|STRING|NUMBER|INTEGER|BOOLEAN|ARRAY");

    private static final Pattern HIDDEN_WORK = Pattern.compile(
            "\"(thinking|redacted_thinking|thinking_delta|reasoningContent|server_tool_use|web_search_call|"
                    + "file_search_call|mcp_call|mcp_approval_request|apply_patch_call|image_generation_call|"
                    + "computer_call|compaction|custom_tool_call|shell_call|tool_search_call|executableCode|"
                    + "codeExecutionResult|citationsContent|citation|toolResult|groundingMetadata|"
                    + "urlContextMetadata|audio|[a-z_]+_tool_result)\"\\s*(:\\s*[{\\[]|[,}])|\"thought\":\\s*true");

    private TextOnly() {}

    static boolean isRequest(Exchange exchange) {
        return isShown(exchange.request());
    }

    /** The answer is searched as text: its form is the codecs' business. */
    static boolean isAnswer(Exchange exchange, String answer) {
        return !HIDDEN_WORK.matcher(answer).find();
    }

    private static boolean isShown(JsonNode node) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            boolean set = !member.getValue().isNull();
            boolean odd = member.getKey().equals("type")
                    && member.getValue().isTextual()
                    && !SHOWN_TYPES.matcher(member.getValue().asText()).matches();
            if (odd || (set && NOT_SHOWN.contains(member.getKey()))) {
                return false;
            }
        }
        for (JsonNode child : node) {
            if (!isShown(child)) {
                return false;
            }
        }
        return true;
    }
}
