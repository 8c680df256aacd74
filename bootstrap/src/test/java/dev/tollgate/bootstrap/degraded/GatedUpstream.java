package dev.tollgate.bootstrap.degraded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Chat completions of 100 tokens in and 10 out; a streamed one stops in its middle until the gate is opened. */
final class GatedUpstream implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 150;
    private static final String USAGE =
            "\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":10,\"total_tokens\":110}";

    private final HttpServer server;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile CountDownLatch waiting = new CountDownLatch(0);

    GatedUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    /** Streams from now on stop in their middle. */
    void shutGate() {
        waiting = new CountDownLatch(1);
        gate = new CountDownLatch(1);
    }

    /** Waits until a stream stands at the gate. */
    void awaitStream() throws InterruptedException {
        if (!waiting.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no stream came");
        }
    }

    void openGate() {
        gate.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (asked.contains("\"stream\":true")) {
                stream(exchange);
            } else {
                byte[] whole =
                        ("{\"id\":\"c\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"finish_reason\":"
                                        + "\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"hello\"}}],"
                                        + USAGE + "}")
                                .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("content-type", "application/json");
                exchange.sendResponseHeaders(200, whole.length);
                exchange.getResponseBody().write(whole);
            }
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        event(body, chunk("{\"content\":\"hel\"}", "null"));
        waiting.countDown();
        try {
            if (!gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the gate was never opened");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        event(body, chunk("{\"content\":\"lo\"}", "\"stop\""));
        event(body, "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[]," + USAGE + "}");
        event(body, "[DONE]");
    }

    private static String chunk(String delta, String finish) {
        return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"finish_reason\":" + finish + "}]}";
    }

    private static void event(OutputStream body, String data) throws IOException {
        body.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        body.flush();
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
    }
}
