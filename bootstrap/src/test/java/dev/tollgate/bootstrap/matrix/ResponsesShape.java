package dev.tollgate.bootstrap.matrix;

import static dev.tollgate.bootstrap.matrix.Json.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** OpenAI's responses. */
final class ResponsesShape implements Shape {
    @Override
    public byte[] whole(Said said, String model) {
        return Json.bytes(response(model, status(said), items(said), usage(said)));
    }

    private static List<Object> items(Said said) {
        List<Object> items = new ArrayList<>();
        if (said.thinking() != null) {
            items.add(reasoning(said.thinking()));
        }
        if (said.text() != null) {
            items.add(message(said.text(), "completed"));
        }
        said.calls().forEach(call -> items.add(call(call, call.arguments(), "completed")));
        return items;
    }

    private static Map<String, Object> reasoning(String text) {
        return object(
                "id", "rs_1", "type", "reasoning", "summary", List.of(object("type", "summary_text", "text", text)));
    }

    private static Map<String, Object> message(String text, String status) {
        List<Object> content = text.isEmpty()
                ? List.of()
                : List.of(object("type", "output_text", "text", text, "annotations", List.of()));
        return object("id", "msg_1", "type", "message", "status", status, "role", "assistant", "content", content);
    }

    private static Map<String, Object> call(Said.Call call, String arguments, String status) {
        return object(
                "id",
                "fc_" + call.id(),
                "type",
                "function_call",
                "status",
                status,
                "call_id",
                call.id(),
                "name",
                call.name(),
                "arguments",
                arguments);
    }

    private static Map<String, Object> response(String model, String status, List<Object> output, Object usage) {
        boolean cut = status.equals("incomplete");
        return object(
                "id",
                "resp_1",
                "object",
                "response",
                "created_at",
                1_760_000_000,
                "status",
                status,
                "error",
                null,
                "incomplete_details",
                cut ? object("reason", "max_output_tokens") : null,
                "instructions",
                null,
                "metadata",
                object(),
                "model",
                model,
                "output",
                output,
                "parallel_tool_calls",
                true,
                "temperature",
                1.0,
                "tool_choice",
                "auto",
                "tools",
                List.of(),
                "top_p",
                1.0,
                "usage",
                usage);
    }

    private static String status(Said said) {
        return said.stop() == Said.Stop.LENGTH ? "incomplete" : "completed";
    }

    private static Object usage(Said said) {
        long input = said.input() + said.cached();
        return object(
                "input_tokens", input,
                "input_tokens_details", object("cached_tokens", said.cached(), "cache_write_tokens", 0),
                "output_tokens", said.output(),
                "output_tokens_details", object("reasoning_tokens", said.thoughts()),
                "total_tokens", input + said.output());
    }

    /** The events with their running number. */
    private static final class Numbered {
        private final List<byte[]> events = new ArrayList<>();

        void add(String type, Object... namesAndValues) {
            Map<String, Object> data = object("type", type, "sequence_number", events.size());
            data.putAll(object(namesAndValues));
            events.add(Json.event(type, data));
        }
    }

    @Override
    public List<byte[]> streamed(Said said, String model) {
        Numbered events = new Numbered();
        events.add("response.created", "response", response(model, "in_progress", List.of(), null));
        events.add("response.in_progress", "response", response(model, "in_progress", List.of(), null));
        int index = 0;
        if (said.thinking() != null) {
            reason(said, said.thinking(), index++, events);
        }
        if (said.text() != null) {
            speak(said, said.text(), index++, events);
        }
        for (Said.Call call : said.calls()) {
            Map<String, Object> open = call(call, "", "in_progress");
            events.add("response.output_item.added", "output_index", index, "item", open);
            for (String piece : said.pieces(call.arguments())) {
                events.add(
                        "response.function_call_arguments.delta",
                        "item_id",
                        "fc_" + call.id(),
                        "output_index",
                        index,
                        "delta",
                        piece);
            }
            events.add(
                    "response.function_call_arguments.done",
                    "item_id",
                    "fc_" + call.id(),
                    "output_index",
                    index,
                    "name",
                    call.name(),
                    "arguments",
                    call.arguments());
            Map<String, Object> done = call(call, call.arguments(), "completed");
            events.add("response.output_item.done", "output_index", index++, "item", done);
        }
        String last = status(said).equals("incomplete") ? "response.incomplete" : "response.completed";
        events.add(last, "response", response(model, status(said), items(said), usage(said)));
        return events.events;
    }

    private static void reason(Said said, String text, int index, Numbered events) {
        Map<String, Object> open = object("id", "rs_1", "type", "reasoning", "summary", List.of());
        events.add("response.output_item.added", "output_index", index, "item", open);
        Object empty = object("type", "summary_text", "text", "");
        events.add(
                "response.reasoning_summary_part.added",
                "item_id",
                "rs_1",
                "output_index",
                index,
                "summary_index",
                0,
                "part",
                empty);
        for (String piece : said.pieces(text)) {
            events.add(
                    "response.reasoning_summary_text.delta",
                    "item_id",
                    "rs_1",
                    "output_index",
                    index,
                    "summary_index",
                    0,
                    "delta",
                    piece);
        }
        events.add(
                "response.reasoning_summary_text.done",
                "item_id",
                "rs_1",
                "output_index",
                index,
                "summary_index",
                0,
                "text",
                text);
        events.add(
                "response.reasoning_summary_part.done",
                "item_id",
                "rs_1",
                "output_index",
                index,
                "summary_index",
                0,
                "part",
                object("type", "summary_text", "text", text));
        events.add("response.output_item.done", "output_index", index, "item", reasoning(text));
    }

    private static void speak(Said said, String text, int index, Numbered events) {
        events.add("response.output_item.added", "output_index", index, "item", message("", "in_progress"));
        Object empty = object("type", "output_text", "text", "", "annotations", List.of());
        events.add(
                "response.content_part.added",
                "item_id",
                "msg_1",
                "output_index",
                index,
                "content_index",
                0,
                "part",
                empty);
        for (String piece : said.pieces(text)) {
            events.add(
                    "response.output_text.delta",
                    "item_id",
                    "msg_1",
                    "output_index",
                    index,
                    "content_index",
                    0,
                    "delta",
                    piece,
                    "logprobs",
                    List.of());
        }
        events.add(
                "response.output_text.done",
                "item_id",
                "msg_1",
                "output_index",
                index,
                "content_index",
                0,
                "text",
                text,
                "logprobs",
                List.of());
        Object whole = object("type", "output_text", "text", text, "annotations", List.of());
        events.add(
                "response.content_part.done",
                "item_id",
                "msg_1",
                "output_index",
                index,
                "content_index",
                0,
                "part",
                whole);
        events.add("response.output_item.done", "output_index", index, "item", message(text, "completed"));
    }

    @Override
    public byte[] error(int status, String message) {
        return new ChatShape().error(status, message);
    }

    @Override
    public List<byte[]> brokenStream(String model) {
        Numbered events = new Numbered();
        events.add("response.created", "response", response(model, "in_progress", List.of(), null));
        events.add("response.output_item.added", "output_index", 0, "item", message("", "in_progress"));
        events.add(
                "response.output_text.delta",
                "item_id",
                "msg_1",
                "output_index",
                0,
                "content_index",
                0,
                "delta",
                "Hel",
                "logprobs",
                List.of());
        events.add("error", "code", "server_error", "message", "The server had an error", "param", null);
        return events.events;
    }

    @Override
    public String streamType() {
        return "text/event-stream; charset=utf-8";
    }
}
