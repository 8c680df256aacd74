package dev.tollgate.web.relay.conversation;

import dev.tollgate.web.relay.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The server-sent events of an answer that are written but not yet taken. */
public final class ServerSentEvents {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    /** An event without a type. */
    public void data(JsonText.Content content) {
        written.writeBytes(JsonText.event("", JsonText.of(content)));
    }

    public void event(String type, JsonText.Content content) {
        written.writeBytes(JsonText.event(type, JsonText.of(content)));
    }

    /** An event whose data is a word and no JSON. */
    public void word(String word) {
        written.writeBytes(JsonText.event("", word.getBytes(StandardCharsets.US_ASCII)));
    }

    public byte[] taken() {
        byte[] bytes = written.toByteArray();
        written.reset();
        return bytes;
    }
}
