package dev.tollgate.bootstrap.server;

import java.util.ArrayList;
import java.util.List;

/** Anthropic messages: 12 input tokens, 100 read from the cache, 5 output tokens. */
final class MessageShapes implements ShapedUpstream.Shapes {
    @Override
    public String whole(boolean tool) {
        String block = tool
                ? "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"get_weather\",\"input\":{\"city\":\"Paris\"}}"
                : "{\"type\":\"text\",\"text\":\"Hello there.\"}";
        return message("[" + block + "]", tool ? "\"tool_use\"" : "\"end_turn\"", 5);
    }

    @Override
    public List<String> events(boolean tool, boolean usage) {
        List<String> events = new ArrayList<>();
        events.add(event("message_start", "\"message\":" + message("[]", "null", 1)));
        if (tool) {
            events.add(event(
                    "content_block_start",
                    "\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"get_weather\","
                            + "\"input\":{}}"));
            events.add(event("ping", "\"pong\":true"));
            events.add(delta("{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"city\\\":\"}"));
            events.add(delta("{\"type\":\"input_json_delta\",\"partial_json\":\"\\\"Paris\\\"}\"}"));
        } else {
            events.add(event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"));
            events.add(delta("{\"type\":\"text_delta\",\"text\":\"Hello \"}"));
            events.add(delta("{\"type\":\"text_delta\",\"text\":\"there.\"}"));
        }
        events.add(event("content_block_stop", "\"index\":0"));
        events.add(event(
                "message_delta",
                "\"delta\":{\"stop_reason\":" + (tool ? "\"tool_use\"" : "\"end_turn\"")
                        + ",\"stop_sequence\":null},\"usage\":{\"output_tokens\":5}"));
        events.add("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        return events;
    }

    @Override
    public String error(int status) {
        String type = switch (status) {
            case 400 -> "invalid_request_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> "api_error";
        };
        return "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"refused with " + status + "\"}}";
    }

    private static String message(String content, String stopReason, int outputTokens) {
        return "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\",\"content\":"
                + content + ",\"stop_reason\":" + stopReason + ",\"stop_sequence\":null,\"usage\":{\"input_tokens\":12,"
                + "\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":100,\"output_tokens\":" + outputTokens
                + ",\"service_tier\":\"standard\"}}";
    }

    private static String delta(String delta) {
        return event("content_block_delta", "\"index\":0,\"delta\":" + delta);
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + " }\n\n";
    }
}
