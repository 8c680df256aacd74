package dev.tollgate.bootstrap.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * An upstream with the shapes of OpenAI's chat completions and Anthropic's messages: a text, or a call of the first tool
 * it is offered, streamed or not; a model named {@code fail-NNN} is answered with that status.
 */
public final class ShapedUpstream implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<JsonNode> asked = new CopyOnWriteArrayList<>();

    public ShapedUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", exchange -> answer(exchange, new ChatShapes()));
        server.createContext("/v1/messages", exchange -> answer(exchange, new MessageShapes()));
        server.createContext("/v1/messages/count_tokens", exchange -> {
            try (exchange) {
                asked.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
                send(exchange, 200, "{\"input_tokens\":12}");
            }
        });
        server.start();
    }

    /** The address without any path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The bodies it was sent. */
    public List<JsonNode> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** What a dialect's answers look like. */
    interface Shapes {
        String whole(boolean tool);

        List<String> events(boolean tool, boolean usage);

        String error(int status);
    }

    private void answer(HttpExchange exchange, Shapes shapes) throws IOException {
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            asked.add(body);
            String model = body.path("model").asText();
            boolean tool = body.path("tools").size() > 0;
            if (model.startsWith("fail-")) {
                int status = Integer.parseInt(model.substring("fail-".length()));
                send(exchange, status, shapes.error(status));
            } else if (body.path("stream").asBoolean()) {
                boolean usage =
                        body.path("stream_options").path("include_usage").asBoolean();
                stream(exchange, shapes.events(tool, usage));
            } else {
                send(exchange, 200, shapes.whole(tool));
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void stream(HttpExchange exchange, List<String> events) throws IOException {
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        for (String event : events) {
            body.write(event.getBytes(StandardCharsets.UTF_8));
            body.flush();
        }
    }
}
