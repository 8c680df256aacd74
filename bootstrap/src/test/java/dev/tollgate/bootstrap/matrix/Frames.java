package dev.tollgate.bootstrap.matrix;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Frames of Amazon's event stream. */
final class Frames {
    private Frames() {}

    static byte[] event(String type, Object payload) {
        return frame("event", ":event-type", type, payload);
    }

    static byte[] exception(String type, Object payload) {
        return frame("exception", ":exception-type", type, payload);
    }

    /** An event whose payload need not be JSON. */
    static byte[] raw(String type, String payload) {
        return frame("event", ":event-type", type, payload.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] frame(String messageType, String typeHeader, String type, Object payload) {
        return frame(messageType, typeHeader, type, Json.bytes(payload));
    }

    private static byte[] frame(String messageType, String typeHeader, String type, byte[] payload) {
        Map<String, HeaderValue> headers = new LinkedHashMap<>();
        headers.put(typeHeader, HeaderValue.fromString(type));
        headers.put(":content-type", HeaderValue.fromString("application/json"));
        headers.put(":message-type", HeaderValue.fromString(messageType));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Message(headers, payload).encode(bytes);
        return bytes.toByteArray();
    }
}
