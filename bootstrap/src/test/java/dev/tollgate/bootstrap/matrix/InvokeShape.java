package dev.tollgate.bootstrap.matrix;

import static dev.tollgate.bootstrap.matrix.Json.object;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A Claude model by Bedrock's InvokeModel: Anthropic's own messages, streamed inside of frames. */
final class InvokeShape implements Shape {
    private final MessagesShape messages = new MessagesShape();

    @Override
    public byte[] whole(Said said, String model) {
        return messages.whole(said, model);
    }

    @Override
    public List<byte[]> streamed(Said said, String model) {
        List<byte[]> frames = new ArrayList<>();
        for (byte[] event : messages.streamed(said, model)) {
            boolean last = new String(event, UTF_8).contains("message_stop");
            frames.add(chunk(last ? withMetrics(said) : data(event)));
        }
        return frames;
    }

    private static String data(byte[] event) {
        String text = new String(event, UTF_8);
        return text.substring(text.indexOf("data: ") + "data: ".length()).strip();
    }

    private static String withMetrics(Said said) {
        Map<String, Object> metrics = object(
                "inputTokenCount", said.input(),
                "outputTokenCount", said.output(),
                "cacheReadInputTokenCount", said.cached(),
                "invocationLatency", 400,
                "firstByteLatency", 100);
        return Json.text(object("type", "message_stop", "amazon-bedrock-invocationMetrics", metrics));
    }

    private static byte[] chunk(String json) {
        String base64 = Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
        return Frames.event("chunk", object("bytes", base64, "p", "abcdefgh"));
    }

    @Override
    public byte[] error(int status, String message) {
        return new ConverseShape().error(status, message);
    }

    @Override
    public List<byte[]> brokenStream(String model) {
        List<byte[]> frames = new ArrayList<>();
        for (byte[] event : messages.brokenStream(model)) {
            boolean isError = new String(event, UTF_8).contains("event: error");
            frames.add(
                    isError
                            ? Frames.exception("modelStreamErrorException", object("message", "The model failed."))
                            : chunk(data(event)));
        }
        return frames;
    }

    @Override
    public String streamType() {
        return "application/vnd.amazon.eventstream";
    }
}
