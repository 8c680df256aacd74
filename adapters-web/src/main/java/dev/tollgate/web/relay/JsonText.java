package dev.tollgate.web.relay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes the small JSON documents of this surface. */
public final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /** What writes into a document. */
    @FunctionalInterface
    public interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    public static byte[] of(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            content.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** The document as the data of one server-sent event, of the given type unless that is empty. */
    public static byte[] event(String type, byte[] document) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(document.length + 32);
        if (!type.isEmpty()) {
            event.writeBytes(ascii("event: " + type + "\n"));
        }
        event.writeBytes(ascii("data: "));
        event.writeBytes(document);
        event.writeBytes(ascii("\n\n"));
        return event.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
