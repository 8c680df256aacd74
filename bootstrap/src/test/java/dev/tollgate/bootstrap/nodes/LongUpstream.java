package dev.tollgate.bootstrap.nodes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tollgate.bootstrap.server.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An upstream that talks on, a word every {@link #PACE}: to those who ask it to {@code listen} until it is told to end,
 * to others for ever. What is not streamed is never answered.
 */
final class LongUpstream implements AutoCloseable {
    static final Duration PACE = Duration.ofMillis(200);

    private final HttpServer server;
    private final AtomicInteger open = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);

    LongUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", exchange -> answer(exchange, new Chat()));
        server.createContext("/v1/messages", exchange -> answer(exchange, new Messages()));
        server.start();
    }

    /** Without a path. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Answers that are under way. */
    int open() {
        return open.get();
    }

    /** Ends what was told to listeners. */
    void end() {
        end.countDown();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private sealed interface Shape {
        String begin();

        String word();

        String end(int words);
    }

    private record Chat() implements Shape {
        @Override
        public String begin() {
            return "";
        }

        @Override
        public String word() {
            return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"},\"finish_reason\":null}]}\n\n";
        }

        @Override
        public String end(int words) {
            return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],"
                    + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":" + words + ",\"total_tokens\":"
                    + (10 + words) + "}}\n\ndata: [DONE]\n\n";
        }
    }

    private record Messages() implements Shape {
        @Override
        public String begin() {
            return "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\","
                    + "\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":10,"
                    + "\"output_tokens\":1}}}\n\nevent: content_block_start\ndata: {\"type\":\"content_block_start\","
                    + "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n";
        }

        @Override
        public String word() {
            return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                    + "\"delta\":{\"type\":\"text_delta\",\"text\":\"word \"}}\n\n";
        }

        @Override
        public String end(int words) {
            return "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                    + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                    + "\"usage\":{\"output_tokens\":" + words + "}}\n\n"
                    + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        }
    }

    private void answer(HttpExchange exchange, Shape shape) throws IOException {
        open.incrementAndGet();
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean isStreamed = body.contains("\"stream\":true");
            talk(exchange, shape, isStreamed, body.contains("listen"));
        } finally {
            open.decrementAndGet();
        }
    }

    private void talk(HttpExchange exchange, Shape shape, boolean isStreamed, boolean ends) throws IOException {
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        if (isStreamed) {
            exchange.sendResponseHeaders(200, 0);
        }
        OutputStream body = exchange.getResponseBody();
        int words = 0;
        for (; !ends || end.getCount() > 0; words++) {
            if (isStreamed) {
                write(body, words == 0 ? shape.begin() + shape.word() : shape.word());
            }
            Eventually.pause(PACE);
        }
        write(body, shape.end(words));
    }

    private static void write(OutputStream body, String events) throws IOException {
        body.write(events.getBytes(StandardCharsets.UTF_8));
        body.flush();
    }
}
