package dev.tollgate.bootstrap.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** A caller of the relay who speaks plain HTTP. */
public record Caller(URI gateway, String key) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int UNAVAILABLE = 503;

    /** How long and how often a call is made again that the live store did not answer in time. */
    private static final Duration ASKED_AGAIN_FOR = Duration.ofSeconds(20);

    private static final Duration ASKED_AGAIN_AFTER = Duration.ofMillis(100);

    /** The dialects there are, with the path each is called at. */
    public enum Dialect {
        CHAT("/v1/chat/completions"),
        MESSAGES("/v1/messages");

        private final String path;

        Dialect(String path) {
            this.path = path;
        }
    }

    public HttpResponse<byte[]> call(Dialect dialect, String body) {
        return call(dialect, BodyPublishers.ofString(body));
    }

    /** The same, and again for a while if the live store does not answer in time. */
    public HttpResponse<byte[]> callAdmitted(Dialect dialect, String body) {
        return admitted(() -> call(dialect, body));
    }

    /** Calls, and again for a while if the live store does not answer in time; the last answer, whatever it is. */
    public static HttpResponse<byte[]> admitted(Supplier<HttpResponse<byte[]>> call) {
        long deadline = System.nanoTime() + ASKED_AGAIN_FOR.toNanos();
        HttpResponse<byte[]> answer = call.get();
        while (isUnadmitted(answer) && System.nanoTime() < deadline) {
            Eventually.pause(ASKED_AGAIN_AFTER);
            answer = call.get();
        }
        return answer;
    }

    /**
     * Whether a call was refused because the live store did not answer in time, as happens where a machine does other
     * things too. Nothing of it was sent and it leaves no record; what it may have held is let go within seconds.
     */
    public static boolean isUnadmitted(HttpResponse<byte[]> answer) {
        return answer.statusCode() == UNAVAILABLE
                && new String(answer.body(), StandardCharsets.UTF_8).contains("Tollgate cannot admit calls");
    }

    public HttpResponse<byte[]> call(Dialect dialect, HttpRequest.BodyPublisher body) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(dialect.path))
                    .timeout(PATIENCE)
                    .header("content-type", "application/json")
                    .POST(body);
            if (dialect == Dialect.MESSAGES) {
                request.header("anthropic-version", "2023-06-01").header("x-api-key", key);
            } else {
                request.header("authorization", "Bearer " + key);
            }
            return HTTP.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("the gateway broke the connection", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Posts a body to any path, the key in whichever header is the custom there. */
    public HttpResponse<byte[]> post(String path, Map<String, String> headers, byte[] body) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway + path))
                    .timeout(PATIENCE)
                    .POST(BodyPublishers.ofByteArray(body));
            headers.forEach(request::header);
            return HTTP.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("the gateway broke the connection", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A small valid request. */
    public static String request(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"max_tokens\":100,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello.\"}]}";
    }
}
