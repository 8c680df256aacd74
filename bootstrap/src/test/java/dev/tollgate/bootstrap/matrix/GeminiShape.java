package dev.tollgate.bootstrap.matrix;

import static dev.tollgate.bootstrap.matrix.Json.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gemini's generateContent; streamed as server-sent events. */
final class GeminiShape implements Shape {
    @Override
    public byte[] whole(Said said, String model) {
        return Json.bytes(answer(model, parts(said), stop(said), usage(said)));
    }

    @Override
    public List<byte[]> streamed(Said said, String model) {
        List<byte[]> events = new ArrayList<>();
        if (said.thinking() != null) {
            said.pieces(said.thinking())
                    .forEach(piece -> events.add(chunk(model, List.of(object("text", piece, "thought", true)), said)));
        }
        if (said.text() != null) {
            said.pieces(said.text()).forEach(piece -> events.add(chunk(model, List.of(object("text", piece)), said)));
        }
        said.calls().forEach(call -> events.add(chunk(model, List.of(call(call)), said)));
        events.add(event(answer(model, List.of(object("text", "")), stop(said), usage(said))));
        return events;
    }

    private static byte[] chunk(String model, List<Object> parts, Said said) {
        Map<String, Object> early = object("promptTokenCount", said.input() + said.cached());
        return event(answer(model, parts, null, early));
    }

    private static List<Object> parts(Said said) {
        List<Object> parts = new ArrayList<>();
        if (said.thinking() != null) {
            parts.add(object("text", said.thinking(), "thought", true));
        }
        if (said.text() != null) {
            parts.add(object("text", said.text()));
        }
        said.calls().forEach(call -> parts.add(call(call)));
        return parts;
    }

    private static Object call(Said.Call call) {
        return object(
                "functionCall",
                object("name", call.name(), "args", Json.tree(call.arguments())),
                "thoughtSignature",
                Said.SIGNATURE);
    }

    private static Map<String, Object> answer(String model, List<Object> parts, String finish, Object usage) {
        Map<String, Object> candidate = object("content", object("parts", parts, "role", "model"));
        if (finish != null) {
            candidate.put("finishReason", finish);
        }
        candidate.put("index", 0);
        return object(
                "candidates", List.of(candidate), "usageMetadata", usage, "modelVersion", model, "responseId", "r1");
    }

    private static String stop(Said said) {
        return said.stop() == Said.Stop.LENGTH ? "MAX_TOKENS" : "STOP";
    }

    private static Object usage(Said said) {
        long prompt = said.input() + said.cached();
        return object(
                "promptTokenCount",
                prompt,
                "candidatesTokenCount",
                said.output() - said.thoughts(),
                "thoughtsTokenCount",
                said.thoughts(),
                "cachedContentTokenCount",
                said.cached(),
                "totalTokenCount",
                prompt + said.output());
    }

    @Override
    public byte[] error(int status, String message) {
        return Json.bytes(object("error", status(status, message)));
    }

    private static Map<String, Object> status(int status, String message) {
        String word = switch (status) {
            case 400 -> "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 503 -> "UNAVAILABLE";
            default -> "INTERNAL";
        };
        return object("code", status, "message", message, "status", word);
    }

    @Override
    public List<byte[]> brokenStream(String model) {
        return List.of(
                event(answer(model, List.of(object("text", "Hel")), null, object("promptTokenCount", 112))),
                event(object("error", status(503, "The model is overloaded."))));
    }

    private static byte[] event(Object data) {
        return ("data: " + Json.text(data) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String streamType() {
        return "text/event-stream";
    }
}
