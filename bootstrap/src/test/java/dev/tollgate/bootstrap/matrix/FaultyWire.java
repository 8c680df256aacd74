package dev.tollgate.bootstrap.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.upstream.ScriptedUpstream.Received;
import dev.tollgate.upstream.ScriptedUpstream.Reply;
import dev.tollgate.upstream.ScriptedUpstream.Wire;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A platform's wire in the hands of somebody who does not keep to it; which platform's, the request's path tells. */
record FaultyWire(Shape shape, boolean stream, CountDownLatch begun) {
    /** What upstreams say of accounts, and callers must not read. */
    static final String SECRET = "organization org-4711 of the operator";

    private static final long HEARD_WITHIN_SECONDS = 10;
    private static final Said SAID = Said.text("Hello there, all is well.");
    private static final String MODEL = "model-of-the-upstream";

    /** What is done on the connection of a request. */
    @FunctionalInterface
    interface Deed {
        void on(FaultyWire form, Wire wire) throws IOException;
    }

    private static FaultyWire of(Received request, CountDownLatch begun) {
        String path = URLDecoder.decode(request.requestLine().split(" ", -1)[1].split("\\?", -1)[0], UTF_8);
        boolean stream = path.contains("tream") || new String(request.body(), UTF_8).contains("\"stream\":true");
        return new FaultyWire(FakeProvider.shape(path), stream, begun);
    }

    /** @param begun counted down once the caller's answer has begun */
    static Reply reply(Deed deed, CountDownLatch begun) {
        return (request, wire) -> deed.on(of(request, begun), wire);
    }

    /** An answer as it should be. */
    static Reply good(Map<String, String> headers) {
        Deed answering = (form, wire) -> {
            if (form.stream) {
                wire.write(form.head(200, form.shape.streamType(), headers) + "transfer-encoding: chunked\r\n\r\n");
                form.chunks(wire, form.all());
                wire.lastChunk();
            } else {
                form.whole(wire, 200, "application/json", form.body(), headers);
            }
        };
        return reply(answering, new CountDownLatch(0));
    }

    /** An answer of failure. */
    static Reply failing(int status, Map<String, String> headers) {
        Deed failing = (form, wire) -> form.whole(wire, status, "application/json", form.error(status), headers);
        return reply(failing, new CountDownLatch(0));
    }

    byte[] body() {
        return shape.whole(SAID, MODEL);
    }

    byte[] error(int status) {
        return shape.error(status, SECRET);
    }

    /** Every event of a good stream. */
    List<byte[]> all() {
        return shape.streamed(SAID, MODEL);
    }

    /** A stream's beginning with the first words, and the caller has it. */
    void begin(Wire wire) throws IOException {
        streamHead(wire);
        chunks(wire, opening());
        try {
            if (!begun.await(HEARD_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the caller's answer did not begin");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<byte[]> opening() {
        List<byte[]> broken = shape.brokenStream(MODEL);
        return broken.subList(0, broken.size() - 1);
    }

    /** The platform's word that it failed. */
    byte[] errorEvent() {
        return shape.brokenStream(MODEL).getLast();
    }

    byte[] terminal() {
        return all().getLast();
    }

    /** The platform's word, in a stream, that the account has no money left or may not do this. */
    byte[] accountEvent() {
        return switch (shape) {
            case MessagesShape messages ->
                Json.event(
                        "error",
                        Json.object("type", "error", "error", Json.object("type", "billing_error", "message", SECRET)));
            case ResponsesShape responses ->
                Json.event(
                        "error",
                        Json.object("type", "error", "code", "insufficient_quota", "message", SECRET, "param", null));
            case GeminiShape gemini ->
                Json.event(
                        "",
                        Json.object(
                                "error", Json.object("code", 403, "message", SECRET, "status", "PERMISSION_DENIED")));
            case ChatShape chat ->
                Json.event(
                        "",
                        Json.object(
                                "error", Json.object("message", SECRET, "type", "x", "code", "insufficient_quota")));
            default -> Frames.exception("accessDeniedException", Json.object("message", SECRET));
        };
    }

    /** An event whose data is no JSON. */
    byte[] garbage() {
        return switch (shape) {
            case MessagesShape messages -> "event: content_block_delta\ndata: {garbage\n\n".getBytes(UTF_8);
            case ConverseShape converse -> Frames.raw("contentBlockDelta", "{garbage");
            case InvokeShape invoke -> Frames.raw("chunk", "{garbage");
            default -> "data: {garbage\n\n".getBytes(UTF_8);
        };
    }

    /** Bytes that mean nothing, on their own. */
    byte[] comment() {
        return shape.streamType().startsWith("text/") ? ": and that was all\n\n".getBytes(UTF_8) : new byte[64];
    }

    void whole(Wire wire, int status, String type, byte[] body, Map<String, String> headers) throws IOException {
        wire.write(head(status, type, headers) + "content-length: " + body.length + "\r\n\r\n");
        wire.write(body);
    }

    void streamHead(Wire wire) throws IOException {
        wire.write(head(200, shape.streamType(), Map.of()) + "transfer-encoding: chunked\r\n\r\n");
    }

    /** A stream of these events that ends in good order. */
    static Deed streaming(Function<FaultyWire, List<byte[]>> events) {
        return (form, wire) -> {
            form.streamHead(wire);
            form.chunks(wire, events.apply(form));
            wire.lastChunk();
        };
    }

    /** A stream that has begun, goes on with these events and ends in good order. */
    static Deed begun(Function<FaultyWire, List<byte[]>> events) {
        return (form, wire) -> {
            form.begin(wire);
            form.chunks(wire, events.apply(form));
            wire.lastChunk();
        };
    }

    static List<byte[]> and(List<byte[]> events, byte[]... more) {
        List<byte[]> all = new ArrayList<>(events);
        all.addAll(Arrays.asList(more));
        return all;
    }

    /** Garbage, then what a good stream has after its opening. */
    List<byte[]> goingOnAfterGarbage() {
        List<byte[]> all = new ArrayList<>(List.of(garbage()));
        all.addAll(all().subList(opening().size(), all().size()));
        return all;
    }

    /** The opening's last event, cut in two. */
    byte[] half() {
        byte[] event = opening().getLast();
        return Arrays.copyOf(event, event.length / 2);
    }

    void chunks(Wire wire, List<byte[]> events) throws IOException {
        for (byte[] event : events) {
            wire.chunk(event);
        }
    }

    private String head(int status, String type, Map<String, String> headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Said\r\ncontent-type: " + type + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.toString();
    }
}
