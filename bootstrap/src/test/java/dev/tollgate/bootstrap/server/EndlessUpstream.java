package dev.tollgate.bootstrap.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream that streams words as fast as they are taken, and never ends: in chat completions and in messages. */
public final class EndlessUpstream implements AutoCloseable {
    private static final List<String> WORDS = List.of(
            " the", " slice", " of", " bread", " is", " held", ",", " counted", " twice", " 1234", " über", " 好");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpServer server;
    private final AtomicInteger open = new AtomicInteger();
    private volatile CountDownLatch together = new CountDownLatch(0);

    public EndlessUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", exchange -> talk(exchange, "", EndlessUpstream::chunk));
        server.createContext("/v1/messages", exchange -> talk(exchange, begin(), EndlessUpstream::delta));
        server.start();
    }

    /** Without a path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Answers that nobody has cancelled yet. */
    public int open() {
        return open.get();
    }

    /** From now on nobody is told a word before so many have asked. */
    public void beginTogether(int calls) {
        together = new CountDownLatch(calls);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** How a word is told. */
    private interface Shape {
        String of(String word);
    }

    private static String chunk(String word) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                + "[{\"index\":0,\"delta\":{\"content\":\"" + word + "\"},\"finish_reason\":null}]}\n\n";
    }

    private static String begin() {
        return "event: message_start\n"
                + "data:"
                + " {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}}\n\n"
                + "event: content_block_start\n"
                + "data:"
                + " {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n";
    }

    private static String delta(String word) {
        return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                + "\"delta\":{\"type\":\"text_delta\",\"text\":\"" + word + "\"}}\n\n";
    }

    private void awaitOthers() {
        CountDownLatch others = together;
        others.countDown();
        try {
            if (!others.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("others were refused: " + others.getCount());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void talk(HttpExchange exchange, String begin, Shape shape) throws IOException {
        open.incrementAndGet();
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            awaitOthers();
            exchange.getResponseHeaders().set("content-type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            body.write(begin.getBytes(StandardCharsets.UTF_8));
            for (int word = 0; ; word++) {
                body.write(shape.of(WORDS.get(word % WORDS.size())).getBytes(StandardCharsets.UTF_8));
                body.flush();
            }
        } finally {
            open.decrementAndGet();
        }
    }
}
