package dev.tollgate.upstream.simulated;

import static dev.tollgate.upstream.http.JsonEdits.quoted;

import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.anthropic.AnthropicUpstream;
import dev.tollgate.upstream.http.AnswerCodec;
import java.time.InstantSource;
import java.util.List;

/** Messages. */
final class MessagesDialect implements Dialect {
    @Override
    public String whole(Script script, UpstreamRequest request) {
        Prompt.Tool tool = script.prompt().tool();
        String block = tool == null
                ? "{\"type\":\"text\",\"text\":" + quoted(script.text()) + "}"
                : "{\"type\":\"tool_use\",\"id\":\"toolu_simulated\",\"name\":" + quoted(tool.name()) + ",\"input\":"
                        + tool.arguments() + "}";
        return "{" + identity(request) + ",\"content\":[" + block + "],\"stop_reason\":" + stop(script)
                + ",\"stop_sequence\":null" + (script.withUsage() ? ",\"usage\":" + usage(script) : "") + "}";
    }

    @Override
    public Events events(Script script, UpstreamRequest request) {
        Prompt.Tool tool = script.prompt().tool();
        String begun = script.withUsage() ? ",\"usage\":" + usage(script.inputTokens(), 1) : "";
        String start = event(
                "message_start",
                "\"message\":{" + identity(request) + ",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null"
                        + begun + "}");
        String block = tool == null
                ? "{\"type\":\"text\",\"text\":\"\"}"
                : "{\"type\":\"tool_use\",\"id\":\"toolu_simulated\",\"name\":" + quoted(tool.name())
                        + ",\"input\":{}}";
        String open = event("content_block_start", "\"index\":0,\"content_block\":" + block);
        String ended = script.withUsage() ? ",\"usage\":{\"output_tokens\":" + script.outputTokens() + "}" : "";
        return new Events(
                List.of(start, open, event("ping", "")),
                script.words().stream().map(word -> delta(word, tool != null)).toList(),
                List.of(
                        event("content_block_stop", "\"index\":0"),
                        event(
                                "message_delta",
                                "\"delta\":{\"stop_reason\":" + stop(script) + ",\"stop_sequence\":null}" + ended),
                        event("message_stop", "")));
    }

    private static String delta(String word, boolean toolInput) {
        String delta = toolInput
                ? "{\"type\":\"input_json_delta\",\"partial_json\":" + quoted(word) + "}"
                : "{\"type\":\"text_delta\",\"text\":" + quoted(word) + "}";
        return event("content_block_delta", "\"index\":0,\"delta\":" + delta);
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":" + quoted(type) + (members.isEmpty() ? "" : "," + members)
                + "}\n\n";
    }

    private static String identity(UpstreamRequest request) {
        return "\"id\":" + quoted("msg_" + request.call().id().text().replace("-", ""))
                + ",\"type\":\"message\",\"role\":\"assistant\",\"model\":" + quoted(request.sentModel());
    }

    private static String stop(Script script) {
        return script.prompt().tool() != null ? "\"tool_use\"" : script.cut() ? "\"max_tokens\"" : "\"end_turn\"";
    }

    private static String usage(Script script) {
        return usage(script.inputTokens(), script.outputTokens());
    }

    private static String usage(long input, long output) {
        return "{\"input_tokens\":" + input + ",\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,"
                + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":0,\"ephemeral_1h_input_tokens\":0},"
                + "\"output_tokens\":" + output + ",\"service_tier\":\"standard\"}";
    }

    @Override
    public String error(int status, String message) {
        String type = switch (status) {
            case 400, 422 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> "api_error";
        };
        return "{\"type\":\"error\",\"error\":{\"type\":" + quoted(type) + ",\"message\":" + quoted(message) + "}}";
    }

    @Override
    public String errorEvent(String message) {
        return "event: error\ndata: " + error(500, message) + "\n\n";
    }

    @Override
    public AnswerCodec codec(UpstreamRequest request, InstantSource clock) {
        return AnthropicUpstream.codec(request, clock);
    }
}
