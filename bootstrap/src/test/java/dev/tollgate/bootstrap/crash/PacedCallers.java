package dev.tollgate.bootstrap.crash;

import dev.tollgate.bootstrap.server.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Callers that keep calling through crashes and write down which answers they received in full, and what those were. */
final class PacedCallers implements AutoCloseable {
    private static final int CALLERS = 24;
    private static final Duration PACE = Duration.ofMillis(60);
    private static final int OUTPUT_MAX = 200;

    private final URI gateway;
    private final String model;
    private final List<String> keys;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, Integer> completed = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicLong unsettled = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean isStopped;

    PacedCallers(URI gateway, String model, List<String> keys) {
        this.gateway = gateway;
        this.model = model;
        this.keys = keys;
        for (int i = 0; i < CALLERS; i++) {
            int caller = i;
            threads.execute(() -> callUntilStopped(caller));
        }
    }

    /** The calls whose whole answer arrived, with the output tokens each was told. */
    Map<String, Integer> completed() {
        return completed;
    }

    int made() {
        return made.get();
    }

    /** Answers that were refused or broke off. */
    long broken() {
        return unsettled.get();
    }

    /** Makes no further call, and waits for those under way. */
    void stop() {
        isStopped = true;
        threads.close();
    }

    @Override
    public void close() {
        stop();
    }

    private void callUntilStopped(int caller) {
        while (!isStopped) {
            int number = made.incrementAndGet();
            try {
                call(keys.get(caller % keys.size()), 1 + number % OUTPUT_MAX, number % 2 == 0);
            } catch (IOException e) {
                unsettled.incrementAndGet(); // the gateway was killed under it, or is not there
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            Eventually.pause(PACE);
        }
    }

    private void call(String key, int output, boolean stream) throws IOException, InterruptedException {
        String body = "{\"model\":\"" + model + "\",\"max_tokens\":512,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"count=" + output + "\"}]}";
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(gateway.resolve("/v1/chat/completions"))
                        .timeout(Duration.ofSeconds(30))
                        .header("authorization", "Bearer " + key)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        boolean isWhole = stream
                ? response.body().endsWith("data: [DONE]\n\n")
                : response.body().endsWith("}");
        if (response.statusCode() == 200 && isWhole) {
            Integer before =
                    completed.put(response.headers().firstValue("x-request-id").orElseThrow(), output);
            if (before != null) {
                throw new AssertionError("a request id was given twice");
            }
        } else {
            unsettled.incrementAndGet();
        }
    }
}
