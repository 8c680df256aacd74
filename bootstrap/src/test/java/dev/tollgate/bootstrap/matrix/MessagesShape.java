package dev.tollgate.bootstrap.matrix;

import static dev.tollgate.bootstrap.matrix.Json.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Anthropic's messages. */
final class MessagesShape implements Shape {
    @Override
    public byte[] whole(Said said, String model) {
        List<Object> content = new ArrayList<>();
        if (said.thinking() != null) {
            content.add(object("type", "thinking", "thinking", said.thinking(), "signature", Said.SIGNATURE));
        }
        if (said.text() != null) {
            content.add(object("type", "text", "text", said.text()));
        }
        said.calls()
                .forEach(call -> content.add(object(
                        "type",
                        "tool_use",
                        "id",
                        call.id(),
                        "name",
                        call.name(),
                        "input",
                        Json.tree(call.arguments()))));
        Map<String, Object> message = message(model, content);
        message.put("stop_reason", stop(said));
        message.put("usage", usage(said));
        return Json.bytes(message);
    }

    @Override
    public List<byte[]> streamed(Said said, String model) {
        List<byte[]> events = new ArrayList<>(begin(said, model));
        int index = 0;
        if (said.thinking() != null) {
            List<Object> deltas = new ArrayList<>();
            said.pieces(said.thinking())
                    .forEach(piece -> deltas.add(object("type", "thinking_delta", "thinking", piece)));
            deltas.add(object("type", "signature_delta", "signature", Said.SIGNATURE));
            block(events, index++, object("type", "thinking", "thinking", "", "signature", ""), deltas);
        }
        if (said.text() != null) {
            List<Object> deltas = new ArrayList<>();
            said.pieces(said.text()).forEach(piece -> deltas.add(object("type", "text_delta", "text", piece)));
            block(events, index++, object("type", "text", "text", ""), deltas);
        }
        for (Said.Call call : said.calls()) {
            List<Object> deltas = new ArrayList<>();
            said.pieces(call.arguments())
                    .forEach(piece -> deltas.add(object("type", "input_json_delta", "partial_json", piece)));
            block(
                    events,
                    index++,
                    object("type", "tool_use", "id", call.id(), "name", call.name(), "input", Map.of()),
                    deltas);
        }
        events.add(Json.event(
                "message_delta",
                object(
                        "type", "message_delta",
                        "delta", object("stop_reason", stop(said), "stop_sequence", null),
                        "usage", usage(said))));
        events.add(Json.event("message_stop", object("type", "message_stop")));
        return events;
    }

    private static List<byte[]> begin(Said said, String model) {
        Map<String, Object> message = message(model, List.of());
        message.put("stop_reason", null);
        message.put(
                "usage",
                object("input_tokens", said.input(), "cache_read_input_tokens", said.cached(), "output_tokens", 1));
        return List.of(
                Json.event("message_start", object("type", "message_start", "message", message)),
                Json.event("ping", object("type", "ping")));
    }

    private static void block(List<byte[]> events, int index, Object start, List<Object> deltas) {
        events.add(Json.event(
                "content_block_start", object("type", "content_block_start", "index", index, "content_block", start)));
        deltas.forEach(delta -> events.add(Json.event(
                "content_block_delta", object("type", "content_block_delta", "index", index, "delta", delta))));
        events.add(Json.event("content_block_stop", object("type", "content_block_stop", "index", index)));
    }

    private static Map<String, Object> message(String model, List<Object> content) {
        return object(
                "id",
                "msg_01",
                "type",
                "message",
                "role",
                "assistant",
                "model",
                model,
                "content",
                content,
                "stop_sequence",
                null);
    }

    private static String stop(Said said) {
        return switch (said.stop()) {
            case END -> "end_turn";
            case LENGTH -> "max_tokens";
            case TOOLS -> "tool_use";
        };
    }

    private static Map<String, Object> usage(Said said) {
        return object(
                "input_tokens", said.input(),
                "cache_creation_input_tokens", 0,
                "cache_read_input_tokens", said.cached(),
                "output_tokens", said.output());
    }

    @Override
    public byte[] error(int status, String message) {
        return Json.bytes(object("type", "error", "error", object("type", type(status), "message", message)));
    }

    private static String type(int status) {
        return switch (status) {
            case 400 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> "api_error";
        };
    }

    @Override
    public List<byte[]> brokenStream(String model) {
        List<byte[]> events = new ArrayList<>(begin(Said.text("Hello"), model));
        events.add(Json.event(
                "content_block_start",
                object(
                        "type",
                        "content_block_start",
                        "index",
                        0,
                        "content_block",
                        object("type", "text", "text", ""))));
        events.add(Json.event(
                "content_block_delta",
                object(
                        "type",
                        "content_block_delta",
                        "index",
                        0,
                        "delta",
                        object("type", "text_delta", "text", "Hel"))));
        events.add(Json.event(
                "error",
                object("type", "error", "error", object("type", "overloaded_error", "message", "Overloaded"))));
        return events;
    }

    @Override
    public String streamType() {
        return "text/event-stream; charset=utf-8";
    }
}
