package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.ScriptedUpstream.Reply;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Every way an answer can be shaped: an answer in three parts, of which the last is the end. */
@SuppressWarnings("ImmutableEnumChecker") // nobody writes to them
enum Shape {
    WHOLE(null, "application/json", text("{\"one\":1,"), text("\"two\":2,"), text("\"end\":3}")),
    EVENTS(
            Framing.SERVER_SENT,
            "text/event-stream",
            text("data: one\n\n"),
            text("data: two€\n\n"),
            text("data: end\n\n")),
    ARRAY(
            Framing.JSON_ARRAY,
            "application/json",
            text("[{\"one\":1}"),
            text(",{\"two\":\"€\"}"),
            text(",{\"last\":3}]")),
    AMAZON(
            Framing.AMAZON_EVENTS,
            "application/vnd.amazon.eventstream",
            message("one"),
            message("two€"),
            message("end")),
    SOUND(Framing.BYTES, "audio/mpeg", text("one"), text("two"), text("three"));

    private final @Nullable Framing framing;
    private final String contentType;
    private final byte[] first;
    private final byte[] second;
    private final byte[] last;

    Shape(@Nullable Framing framing, String contentType, byte[] first, byte[] second, byte[] last) {
        this.framing = framing;
        this.contentType = contentType;
        this.first = first;
        this.second = second;
        this.last = last;
    }

    static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    static byte[] message(String data) {
        return new Message(Map.of(":event-type", HeaderValue.fromString("said")), text(data))
                .toByteBuffer()
                .array();
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    boolean isWhole() {
        return framing == null;
    }

    byte[] first() {
        return first;
    }

    byte[] second() {
        return second;
    }

    byte[] last() {
        return last;
    }

    byte[] all() {
        return joined(first, second, last);
    }

    FakeCodec codec() {
        return FakeCodec.of(framing);
    }

    /** Only what can be passed on as it came is. */
    @Nullable
    Translation translation() {
        return this == AMAZON ? new FakeTranslation() : null;
    }

    Calls calls(String baseUrl) {
        return isWhole() || this == SOUND
                ? Calls.chat(baseUrl)
                : Calls.chat(baseUrl).streamed();
    }

    String head(String more) {
        return "HTTP/1.1 200 OK\r\ncontent-type: " + contentType + "\r\n" + more + "\r\n";
    }

    String chunkedHead() {
        return head("transfer-encoding: chunked\r\n");
    }

    /** The parts as one chunk each; after them the body ends in good order. */
    Reply chunks(byte[]... parts) {
        return FakeCalls.chunked(contentType, true, List.of(parts));
    }

    /** The parts as one chunk each; after them the connection is closed. */
    Reply brokenOff(byte[]... parts) {
        return FakeCalls.chunked(contentType, false, List.of(parts));
    }

    Reply good() {
        return chunks(first, second, last);
    }
}
