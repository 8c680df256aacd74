package dev.tollgate.bootstrap.matrix;

import static dev.tollgate.bootstrap.matrix.Json.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Bedrock's Converse and, streamed, its event-stream frames. */
final class ConverseShape implements Shape {
    @Override
    public byte[] whole(Said said, String model) {
        List<Object> content = new ArrayList<>();
        if (said.thinking() != null) {
            Object text = object("text", said.thinking(), "signature", Said.SIGNATURE);
            content.add(object("reasoningContent", object("reasoningText", text)));
        }
        if (said.text() != null) {
            content.add(object("text", said.text()));
        }
        said.calls()
                .forEach(call -> content.add(object(
                        "toolUse",
                        object("toolUseId", call.id(), "name", call.name(), "input", Json.tree(call.arguments())))));
        return Json.bytes(object(
                "metrics", object("latencyMs", 300),
                "output", object("message", object("content", content, "role", "assistant")),
                "stopReason", stop(said),
                "usage", usage(said)));
    }

    @Override
    public List<byte[]> streamed(Said said, String model) {
        List<byte[]> frames = new ArrayList<>();
        frames.add(Frames.event("messageStart", object("p", "abc", "role", "assistant")));
        int index = 0;
        if (said.thinking() != null) {
            for (String piece : said.pieces(said.thinking())) {
                frames.add(delta(index, object("reasoningContent", object("text", piece))));
            }
            frames.add(delta(index, object("reasoningContent", object("signature", Said.SIGNATURE))));
            frames.add(blockStop(index++));
        }
        if (said.text() != null) {
            for (String piece : said.pieces(said.text())) {
                frames.add(delta(index, object("text", piece)));
            }
            frames.add(blockStop(index++));
        }
        for (Said.Call call : said.calls()) {
            Object start = object("toolUse", object("name", call.name(), "toolUseId", call.id()));
            frames.add(
                    Frames.event("contentBlockStart", object("contentBlockIndex", index, "p", "ab", "start", start)));
            for (String piece : said.pieces(call.arguments())) {
                frames.add(delta(index, object("toolUse", object("input", piece))));
            }
            frames.add(blockStop(index++));
        }
        frames.add(Frames.event("messageStop", object("p", "abcd", "stopReason", stop(said))));
        frames.add(
                Frames.event("metadata", object("metrics", object("latencyMs", 300), "p", "a", "usage", usage(said))));
        return frames;
    }

    private static byte[] delta(int index, Object delta) {
        return Frames.event("contentBlockDelta", object("contentBlockIndex", index, "delta", delta, "p", "abcdef"));
    }

    private static byte[] blockStop(int index) {
        return Frames.event("contentBlockStop", object("contentBlockIndex", index, "p", "abc"));
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
                "inputTokens", said.input(),
                "outputTokens", said.output(),
                "totalTokens", said.input() + said.cached() + said.output(),
                "cacheReadInputTokens", said.cached(),
                "cacheReadInputTokenCount", said.cached(),
                "cacheWriteInputTokens", 0,
                "cacheWriteInputTokenCount", 0);
    }

    @Override
    public byte[] error(int status, String message) {
        return Json.bytes(object("message", message));
    }

    /** The type of an error, which Bedrock tells in a header. */
    static String errorType(int status) {
        return switch (status) {
            case 400 -> "ValidationException";
            case 401, 403 -> "UnrecognizedClientException";
            case 429 -> "ThrottlingException";
            case 503 -> "ServiceUnavailableException";
            default -> "InternalServerException";
        };
    }

    @Override
    public List<byte[]> brokenStream(String model) {
        return List.of(
                Frames.event("messageStart", object("role", "assistant")),
                delta(0, object("text", "Hel")),
                Frames.exception("modelStreamErrorException", object("message", "The model failed.")));
    }

    @Override
    public String streamType() {
        return "application/vnd.amazon.eventstream";
    }
}
