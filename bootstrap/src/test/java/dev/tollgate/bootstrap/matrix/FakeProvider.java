package dev.tollgate.bootstrap.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;

/**
 * A server with the wires of all six platforms. The model it is asked for names the scenario, the path the shape; what it
 * was sent is kept.
 */
final class FakeProvider implements AutoCloseable {
    private final HttpServer server;
    private final ConcurrentLinkedDeque<String> asked = new ConcurrentLinkedDeque<>();

    FakeProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The last body it was sent. */
    String lastAsked() {
        return asked.peekLast();
    }

    void forget() {
        asked.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = URLDecoder.decode(exchange.getRequestURI().getRawPath(), UTF_8);
            String text = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            asked.add(text);
            JsonNode body = Json.tree(text);
            String model = path.contains("/model/") || path.contains("/models/") || path.contains("/deployments/")
                    ? path
                    : body.path("model").asText();
            Scenario scenario = Scenario.of(model);
            boolean stream = path.contains("tream") || body.path("stream").asBoolean();
            answer(exchange, shape(path), scenario, stream, body.path("model").asText("model"));
        }
    }

    static Shape shape(String path) {
        if (path.endsWith("/messages")) {
            return new MessagesShape();
        }
        if (path.endsWith("/chat/completions")) {
            return new ChatShape();
        }
        if (path.endsWith("/responses")) {
            return new ResponsesShape();
        }
        if (path.endsWith("enerateContent")) {
            return new GeminiShape();
        }
        return path.contains("/invoke") ? new InvokeShape() : new ConverseShape();
    }

    private static void answer(HttpExchange exchange, Shape shape, Scenario scenario, boolean stream, String model)
            throws IOException {
        if (scenario.isFailure()) {
            fail(exchange, shape, scenario);
            return;
        }
        if (!stream) {
            send(exchange, 200, "application/json", List.of(shape.whole(scenario.said(), model)));
            return;
        }
        List<byte[]> pieces =
                scenario.isOnlyStreamed() ? shape.brokenStream(model) : shape.streamed(scenario.said(), model);
        send(exchange, 200, shape.streamType(), pieces);
    }

    private static void fail(HttpExchange exchange, Shape shape, Scenario scenario) throws IOException {
        if (shape instanceof ConverseShape || shape instanceof InvokeShape) {
            exchange.getResponseHeaders().set("x-amzn-errortype", ConverseShape.errorType(scenario.status()));
        }
        if (scenario == Scenario.RATE_LIMITED) {
            exchange.getResponseHeaders().set("retry-after", "7");
        }
        byte[] body = shape.error(scenario.status(), Scenario.REFUSAL);
        send(exchange, scenario.status(), "application/json", List.of(body));
    }

    private static void send(HttpExchange exchange, int status, String type, List<byte[]> pieces) throws IOException {
        exchange.getResponseHeaders().set("content-type", type);
        exchange.sendResponseHeaders(status, pieces.size() == 1 ? pieces.get(0).length : 0);
        OutputStream body = exchange.getResponseBody();
        for (byte[] piece : pieces) {
            body.write(piece);
            body.flush();
        }
    }
}
