package dev.tollgate.bootstrap.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tollgate.bootstrap.crash.Wish.Script;
import dev.tollgate.bootstrap.server.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does and reports what each call's prompt says, in OpenAI's or Anthropic's form, and remembers who asked. */
final class ScriptedUpstream implements AutoCloseable {
    private static final Pattern BOUND = Pattern.compile("\"max_(?:completion_)?tokens\":\\s*(\\d+)");
    private static final Duration PACE = Duration.ofMillis(15);
    private static final Duration SLOW_PACE = Duration.ofMillis(400);
    private static final Duration DRIP_PACE = Duration.ofMillis(1500);
    private static final Duration HANGS_FOR = Duration.ofSeconds(4);
    private static final int BACKLOG = 1024;

    private final HttpServer server;
    private final Set<Integer> asked = ConcurrentHashMap.newKeySet();

    ScriptedUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", exchange -> answer(exchange, new ChatAnswer()));
        server.createContext("/v1/messages", exchange -> answer(exchange, new MessageAnswer()));
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The calls of which at least one attempt arrived here. */
    Set<Integer> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** An answer's parts in one format. */
    interface Shape {
        String whole(int input, int output);

        /** Events of a stream, each with its empty line. */
        List<String> events(int input, int output);
    }

    private void answer(HttpExchange exchange, Shape shape) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Script script = Script.in(body);
            asked.add(script.call());
            switch (script.manner()) {
                case PROMPT, SLOW, CUT_OFF, STALLS, DRIPS -> answer(exchange, shape, body, script);
                case FAILS -> exchange.sendResponseHeaders(script.call() % 2 == 0 ? 500 : 529, -1);
                case HANGS -> Eventually.pause(HANGS_FOR);
            }
        }
    }

    private static void answer(HttpExchange exchange, Shape shape, String body, Script script) throws IOException {
        int output = Math.min(script.output(), bound(body));
        Manner manner = script.manner();
        Duration pace = pace(manner);
        boolean isCut = manner == Manner.CUT_OFF || manner == Manner.STALLS;
        if (body.contains("\"stream\":true")) {
            stream(exchange, shape.events(script.input(), output), pace, isCut);
        } else {
            Eventually.pause(pace.multipliedBy(5));
            whole(exchange, shape.whole(script.input(), output), isCut);
        }
        if (manner == Manner.STALLS) {
            Eventually.pause(HANGS_FOR);
        }
    }

    private static Duration pace(Manner manner) {
        return switch (manner) {
            case SLOW -> SLOW_PACE;
            case DRIPS -> DRIP_PACE;
            case PROMPT, FAILS, HANGS, CUT_OFF, STALLS -> PACE;
        };
    }

    /** What the gateway lets it write, which may be less than the caller asked for. */
    private static int bound(String body) {
        Matcher bound = BOUND.matcher(body);
        return bound.find() ? Integer.parseInt(bound.group(1)) : Integer.MAX_VALUE;
    }

    private static void whole(HttpExchange exchange, String json, boolean isCut) throws IOException {
        byte[] answer = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer, 0, isCut ? answer.length / 2 : answer.length);
        exchange.getResponseBody().flush();
    }

    private static void stream(HttpExchange exchange, List<String> events, Duration pace, boolean isCut)
            throws IOException {
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        for (String event : isCut ? events.subList(0, events.size() / 2) : events) {
            body.write(event.getBytes(StandardCharsets.UTF_8));
            body.flush();
            Eventually.pause(pace);
        }
        if (!isCut) {
            body.close();
        }
    }
}
