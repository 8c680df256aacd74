package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * Amazon's event stream. Only the length is read here, so that no stream begins with the two megabytes that the
 * library's own decoder takes; each message is then decoded, and its checksums tested, by the library.
 */
final class AmazonScanner extends EventScanner {
    private static final int OVERHEAD = 16;
    private static final String[] NAMES = {":event-type", ":exception-type", ":error-code"};

    private byte[] name = StreamEvent.NO_NAME;
    private byte[] data = {};

    @Override
    Found next() {
        int there = available() - start();
        if (there < Integer.BYTES) {
            return Found.NOTHING;
        }
        int length = ByteBuffer.wrap(buffer()).getInt(start());
        if (length < OVERHEAD || length > PARSED_MAX) {
            return Found.UNREADABLE;
        }
        if (there < length) {
            return Found.NOTHING;
        }
        try {
            take(Message.decode(ByteBuffer.wrap(buffer(), start(), length).slice()));
        } catch (RuntimeException damaged) { // a checksum, or what it guards: the library has no type for it
            return Found.UNREADABLE;
        }
        scanned = start() + length;
        return foundEvent();
    }

    private void take(Message message) {
        name = StreamEvent.NO_NAME;
        for (String header : NAMES) {
            if (name.length == 0) {
                name = header(message, header);
            }
        }
        data = message.getPayload();
        if (data.length == 0) {
            data = header(message, ":error-message");
        }
    }

    private static byte[] header(Message message, String name) {
        @Nullable HeaderValue value = message.getHeaders().get(name);
        return value == null ? StreamEvent.NO_NAME : value.getString().getBytes(UTF_8);
    }

    @Override
    void read(StreamEvent event) {
        event.take(name, data, 0, data.length);
    }

    @Override
    Found end() {
        return rest() ? Found.UNREADABLE : Found.NOTHING;
    }
}
