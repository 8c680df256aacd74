package dev.tollgate.bootstrap.crash;

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
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An OpenAI-shaped upstream whose usage follows from the prompt: {@code count=N} costs 1000 + N input and N output
 * tokens, so that a bill can be checked from the callers' own log.
 */
final class CountedUpstream implements AutoCloseable {
    static final int INPUT_BASE = 1000;

    private static final Pattern COUNT = Pattern.compile("count=(\\d+)");
    private static final int CHUNKS = 5;
    private static final Duration PACE = Duration.ofMillis(15);

    private final HttpServer server;

    CountedUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Matcher count = COUNT.matcher(body);
            int output = count.find() ? Integer.parseInt(count.group(1)) : 1;
            if (body.contains("\"stream\":true")) {
                stream(exchange, output);
            } else {
                whole(exchange, output);
            }
        }
    }

    private static void whole(HttpExchange exchange, int output) throws IOException {
        Eventually.pause(PACE);
        byte[] answer = ("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\","
                        + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"done\"},"
                        + "\"finish_reason\":\"stop\"}]," + usage(output) + "}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
    }

    private static void stream(HttpExchange exchange, int output) throws IOException {
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        for (int i = 0; i < CHUNKS; i++) {
            event(body, chunk("[{\"index\":0,\"delta\":{\"content\":\"word \"},\"finish_reason\":null}]", "null"));
            Eventually.pause(PACE);
        }
        event(body, chunk("[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]", "null"));
        event(body, chunk("[]", usage(output).substring("\"usage\":".length())));
        event(body, "[DONE]");
    }

    private static String chunk(String choices, String usage) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                + choices + ",\"usage\":" + usage + "}";
    }

    private static String usage(int output) {
        return "\"usage\":{\"prompt_tokens\":" + (INPUT_BASE + output) + ",\"completion_tokens\":" + output
                + ",\"total_tokens\":" + (INPUT_BASE + 2 * output) + "}";
    }

    private static void event(OutputStream body, String data) throws IOException {
        body.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        body.flush();
    }
}
