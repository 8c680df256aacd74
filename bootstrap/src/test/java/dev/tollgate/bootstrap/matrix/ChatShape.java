package dev.tollgate.bootstrap.matrix;

import static dev.tollgate.bootstrap.matrix.Json.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** OpenAI's chat completions. */
final class ChatShape implements Shape {
    @Override
    public byte[] whole(Said said, String model) {
        Map<String, Object> message = object("role", "assistant", "content", said.text(), "refusal", null);
        if (said.thinking() != null) {
            message.put("reasoning_content", said.thinking());
        }
        if (!said.calls().isEmpty()) {
            message.put(
                    "tool_calls",
                    said.calls().stream()
                            .map(call -> object(
                                    "id", call.id(),
                                    "type", "function",
                                    "function", object("name", call.name(), "arguments", call.arguments())))
                            .toList());
        }
        Object choice = object("index", 0, "message", message, "logprobs", null, "finish_reason", stop(said));
        return Json.bytes(object(
                "id",
                "chatcmpl-1",
                "object",
                "chat.completion",
                "created",
                1_760_000_000,
                "model",
                model,
                "choices",
                List.of(choice),
                "usage",
                usage(said)));
    }

    @Override
    public List<byte[]> streamed(Said said, String model) {
        List<byte[]> events = new ArrayList<>();
        events.add(chunk(model, object("role", "assistant", "content", ""), null));
        if (said.thinking() != null) {
            said.pieces(said.thinking())
                    .forEach(piece -> events.add(chunk(model, object("reasoning_content", piece), null)));
        }
        if (said.text() != null) {
            said.pieces(said.text()).forEach(piece -> events.add(chunk(model, object("content", piece), null)));
        }
        for (int index = 0; index < said.calls().size(); index++) {
            Said.Call call = said.calls().get(index);
            events.add(call(
                    model,
                    object(
                            "index",
                            index,
                            "id",
                            call.id(),
                            "type",
                            "function",
                            "function",
                            object("name", call.name(), "arguments", ""))));
            for (String piece : said.pieces(call.arguments())) {
                events.add(call(model, object("index", index, "function", object("arguments", piece))));
            }
        }
        events.add(chunk(model, object(), stop(said)));
        Map<String, Object> last = head(model);
        last.put("choices", List.of());
        last.put("usage", usage(said));
        events.add(Json.event("", last));
        events.add("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
        return events;
    }

    private static byte[] call(String model, Object call) {
        return chunk(model, object("tool_calls", List.of(call)), null);
    }

    private static byte[] chunk(String model, Map<String, Object> delta, String finish) {
        Map<String, Object> chunk = head(model);
        chunk.put("choices", List.of(object("index", 0, "delta", delta, "finish_reason", finish)));
        chunk.put("usage", null);
        return Json.event("", chunk);
    }

    private static Map<String, Object> head(String model) {
        return object("id", "chatcmpl-1", "object", "chat.completion.chunk", "created", 1_760_000_000, "model", model);
    }

    private static String stop(Said said) {
        return switch (said.stop()) {
            case END -> "stop";
            case LENGTH -> "length";
            case TOOLS -> "tool_calls";
        };
    }

    private static Map<String, Object> usage(Said said) {
        long prompt = said.input() + said.cached();
        return object(
                "prompt_tokens", prompt,
                "completion_tokens", said.output(),
                "total_tokens", prompt + said.output(),
                "prompt_tokens_details", object("cached_tokens", said.cached()),
                "completion_tokens_details", object("reasoning_tokens", said.thoughts()));
    }

    @Override
    public byte[] error(int status, String message) {
        return Json.bytes(object("error", error(message, status == 429 ? "rate_limit_exceeded" : null)));
    }

    private static Map<String, Object> error(String message, String code) {
        return object("message", message, "type", "invalid_request_error", "param", null, "code", code);
    }

    @Override
    public List<byte[]> brokenStream(String model) {
        return List.of(
                chunk(model, object("role", "assistant", "content", "Hel"), null),
                Json.event("", object("error", object("message", "The server had an error", "type", "server_error"))));
    }

    @Override
    public String streamType() {
        return "text/event-stream; charset=utf-8";
    }
}
