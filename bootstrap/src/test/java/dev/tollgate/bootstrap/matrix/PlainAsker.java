package dev.tollgate.bootstrap.matrix;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Asks in any dialect by plain HTTP, each time something else, so that no session is made of two calls. */
record PlainAsker(URI gateway, String key) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicLong ASKED = new AtomicLong();

    /** The dialects, as they are called. */
    enum Dialect {
        CHAT("/v1/chat/completions", "authorization", "Bearer "),
        RESPONSES("/v1/responses", "authorization", "Bearer "),
        MESSAGES("/v1/messages", "x-api-key", ""),
        GENERATE_CONTENT("/v1beta/models/%s:%s", "x-goog-api-key", "");

        private final String path;
        private final String keyHeader;
        private final String keyPrefix;

        Dialect(String path, String keyHeader, String keyPrefix) {
            this.path = path;
            this.keyHeader = keyHeader;
            this.keyPrefix = keyPrefix;
        }

        String path(String model, boolean stream) {
            return path.formatted(model, stream ? "streamGenerateContent?alt=sse" : "generateContent");
        }

        String keyHeader() {
            return keyHeader;
        }

        String credential(String key) {
            return keyPrefix + key;
        }

        String body(String model, boolean stream, String words) {
            String head = "{\"model\":\"" + model + "\",\"stream\":" + stream + ",";
            String message = "[{\"role\":\"user\",\"content\":\"" + words + "\"}]";
            return switch (this) {
                case CHAT, MESSAGES -> head + "\"max_tokens\":100,\"messages\":" + message + "}";
                case RESPONSES -> head + "\"max_output_tokens\":100,\"input\":" + message + "}";
                case GENERATE_CONTENT ->
                    "{\"generationConfig\":{\"maxOutputTokens\":100},\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\""
                            + words + "\"}]}]}";
            };
        }
    }

    HttpResponse<byte[]> ask(Dialect dialect, String model, boolean stream) {
        return ask(dialect, model, stream, Map.of(), () -> {});
    }

    /** @param begun run once the answer's head is there */
    HttpResponse<byte[]> ask(
            Dialect dialect, String model, boolean stream, Map<String, String> headers, Runnable begun) {
        String body = dialect.body(model, stream, "Say hello for the time " + ASKED.incrementAndGet());
        HttpRequest.Builder request =
                request(dialect.path(model, stream), body).header(dialect.keyHeader(), dialect.credential(key));
        headers.forEach(request::setHeader);
        return send(request.build(), begun);
    }

    /** Posts a body without a key in the head. */
    HttpResponse<byte[]> post(String path, String body) {
        return send(request(path, body).build(), () -> {});
    }

    private HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpResponse<byte[]> send(HttpRequest request, Runnable begun) {
        try {
            return HTTP.send(request, head -> {
                begun.run();
                return BodySubscribers.ofByteArray();
            });
        } catch (IOException e) {
            throw new IllegalStateException("the gateway broke the connection", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
