package dev.tollgate.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.upstream.ScriptedUpstream.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Replies a provider gives, and faults it has. */
public final class Replies {
    public static final String EVENT_STREAM = "text/event-stream; charset=utf-8";

    private Replies() {}

    /** Where a body is cut into pieces. */
    @FunctionalInterface
    public interface Chunking {
        List<byte[]> pieces(byte[] body);

        static Chunking whole() {
            return List::of;
        }

        static Chunking byBytes(int size) {
            return body -> {
                List<byte[]> pieces = new ArrayList<>();
                for (int from = 0; from < body.length; from += size) {
                    pieces.add(Arrays.copyOfRange(body, from, Math.min(from + size, body.length)));
                }
                return pieces;
            };
        }

        /** Pieces of 1 to {@code most} bytes, the same for the same seed. */
        static Chunking random(long seed, int most) {
            return body -> {
                Random random = new Random(seed);
                List<byte[]> pieces = new ArrayList<>();
                for (int from = 0; from < body.length; ) {
                    int to = Math.min(body.length, from + 1 + random.nextInt(most));
                    pieces.add(Arrays.copyOfRange(body, from, to));
                    from = to;
                }
                return pieces;
            };
        }
    }

    public static Reply json(int status, String body) {
        return json(status, body, Map.of());
    }

    public static Reply json(int status, String body, Map<String, String> headers) {
        return sized(status, "application/json", body.getBytes(UTF_8), headers);
    }

    /** A body of any type with its right length. */
    public static Reply sized(int status, String contentType, byte[] body, Map<String, String> headers) {
        return (request, wire) -> {
            wire.write(head(status, contentType, headers) + "content-length: " + body.length + "\r\n\r\n");
            wire.write(body);
        };
    }

    /** A whole event stream. */
    public static Reply stream(String events) {
        return stream(events.getBytes(UTF_8), Chunking.whole());
    }

    public static Reply stream(byte[] events, Chunking chunking) {
        return (request, wire) -> {
            wire.write(streamHead());
            for (byte[] piece : chunking.pieces(events)) {
                wire.chunk(piece);
            }
            wire.lastChunk();
        };
    }

    /** A stream's beginning, after which the connection is reset. */
    public static Reply streamThenReset(String events) {
        return (request, wire) -> {
            wire.write(streamHead());
            wire.chunk(events.getBytes(UTF_8));
            wire.reset();
        };
    }

    /** A stream's beginning, after which nothing comes any more. */
    public static Reply streamThenHang(String events) {
        return (request, wire) -> {
            wire.write(streamHead());
            wire.chunk(events.getBytes(UTF_8));
            wire.hang();
        };
    }

    /** The connection is reset once the request has come. */
    public static Reply reset() {
        return (request, wire) -> wire.reset();
    }

    /** The request is taken, and that is all. */
    public static Reply hang() {
        return (request, wire) -> wire.hang();
    }

    /** Bytes as they are, then a close in good order. */
    public static Reply raw(String bytes) {
        return (request, wire) -> {
            wire.write(bytes);
            wire.close();
        };
    }

    public static String streamHead() {
        return head(200, EVENT_STREAM, Map.of()) + "transfer-encoding: chunked\r\n\r\n";
    }

    private static String head(int status, String contentType, Map<String, String> headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Said\r\n");
        head.append("content-type: ").append(contentType).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.toString();
    }
}
