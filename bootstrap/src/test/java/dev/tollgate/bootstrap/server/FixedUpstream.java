package dev.tollgate.bootstrap.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An upstream that has one answer to each path, and remembers what it was asked. */
public final class FixedUpstream implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Reply> replies;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** @param replies by the path */
    public FixedUpstream(Map<String, Reply> replies) throws IOException {
        this.replies = Map.copyOf(replies);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** What is answered to a path. */
    @SuppressWarnings("ArrayRecordComponent") // written, never compared
    public record Reply(String contentType, byte[] body) {
        public static Reply json(String json) {
            return new Reply("application/json", json.getBytes(StandardCharsets.UTF_8));
        }

        public static Reply events(String events) {
            return new Reply("text/event-stream", events.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What came. */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    public record Asked(String address, Map<String, List<String>> headers, byte[] body) {
        /** A header's first value, empty if it was not sent. */
        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }

        /** The body's bytes, a character each. */
        public String text() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    /** The address without any path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public Asked lastAsked() {
        return asked.get(asked.size() - 1);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String address = exchange.getRequestURI().toString();
            asked.add(new Asked(
                    address,
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes()));
            Reply reply = replies.get(exchange.getRequestURI().getRawPath());
            if (reply == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().set("content-type", reply.contentType());
            exchange.sendResponseHeaders(200, reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }
}
