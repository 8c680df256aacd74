package dev.tollgate.upstream.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.upstream.Replies.Chunking;
import dev.tollgate.upstream.ScriptedUpstream.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Event streams as Bedrock sends them. */
final class Frames {
    private static final String HEAD = String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "content-type: application/vnd.amazon.eventstream",
            "x-amzn-requestid: 5d2b",
            "transfer-encoding: chunked",
            "",
            "");

    private Frames() {}

    static byte[] event(String type, String json) {
        return frame("event", ":event-type", type, json);
    }

    static byte[] exception(String type, String json) {
        return frame("exception", ":exception-type", type, json);
    }

    /** A piece of Claude's own stream. */
    static byte[] chunk(String json) {
        String base64 = Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
        return event("chunk", "{\"bytes\":\"" + base64 + "\",\"p\":\"abcdef\"}");
    }

    private static byte[] frame(String kind, String header, String type, String json) {
        Map<String, HeaderValue> headers = new LinkedHashMap<>();
        headers.put(":message-type", HeaderValue.fromString(kind));
        headers.put(header, HeaderValue.fromString(type));
        headers.put(":content-type", HeaderValue.fromString("application/json"));
        ByteBuffer encoded = new Message(headers, json.getBytes(UTF_8)).toByteBuffer();
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    static byte[] joined(byte[]... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }

    /** The messages in a recorded stream. */
    static List<Message> read(byte[] stream) {
        List<Message> messages = new ArrayList<>();
        ByteBuffer left = ByteBuffer.wrap(stream);
        while (left.hasRemaining()) {
            int length = left.getInt(left.position());
            messages.add(Message.decode(left.slice(left.position(), length)));
            left.position(left.position() + length);
        }
        return messages;
    }

    static Reply reply(byte[] stream, Chunking chunking) {
        return (request, wire) -> {
            wire.write(HEAD);
            for (byte[] piece : chunking.pieces(stream)) {
                wire.chunk(piece);
            }
            wire.lastChunk();
        };
    }

    /** A stream whose second half comes when the first is being forwarded. */
    static Reply halves(byte[] first, byte[] second, CountDownLatch forwarded) {
        return (request, wire) -> {
            wire.write(HEAD);
            wire.chunk(first);
            try {
                if (!forwarded.await(10, TimeUnit.SECONDS)) {
                    throw new AssertionError("nothing was forwarded");
                }
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
            wire.chunk(second);
            wire.lastChunk();
        };
    }
}
