package dev.tollgate.bootstrap.limits;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chat completions that use all the output a call allows, held back while the test says so. */
public final class HoldingUpstream implements AutoCloseable {
    private static final Pattern BOUND = Pattern.compile("\"max_(?:completion_)?tokens\":\\s*(\\d+)");
    private static final long PATIENCE_SECONDS = 90;
    private static final int BACKLOG = 1024;

    private final HttpServer server;
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger heldMost = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    public HoldingUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    /** Answers nobody from now on. */
    public void hold() {
        heldMost.set(0);
        gate = new CountDownLatch(1);
    }

    /** Answers everybody. */
    public void letGo() {
        gate.countDown();
    }

    /** Calls that are here now. */
    public int held() {
        return held.get();
    }

    /** The most calls that were here at once since {@link #hold}. */
    public int heldMost() {
        return heldMost.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            heldMost.accumulateAndGet(held.incrementAndGet(), Math::max);
            String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("nobody was let go");
            }
            byte[] answer = completion(asked).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            held.decrementAndGet();
        }
    }

    private static String completion(String asked) {
        Matcher bound = BOUND.matcher(asked);
        int tokens = bound.find() ? Integer.parseInt(bound.group(1)) : 1;
        return "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"finish_reason\":\"length\",\"message\":{\"role\":\"assistant\",\"content\":\"hello\"}}],"
                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":" + tokens + ",\"total_tokens\":"
                + (tokens + 1) + "}}";
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
    }
}
