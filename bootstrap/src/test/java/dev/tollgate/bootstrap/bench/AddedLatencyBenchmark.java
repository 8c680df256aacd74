package dev.tollgate.bootstrap.bench;

import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What relaying adds to a small warm call, one caller at a time: the same call to the upstream itself and through the
 * gateway, in turns. Run by {@code mvn verify -Pbench}; it measures and asserts nothing, since a busy machine would
 * make any bound a lie.
 */
class AddedLatencyBenchmark {
    private static final Logger LOG = LoggerFactory.getLogger(AddedLatencyBenchmark.class);
    private static final int WARM_UP = 5_000;
    private static final int CALLS = 5_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final String ANSWER = """
            {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-4o-mini","choices":[{"index":0,\
            "message":{"role":"assistant","content":"Hello there."},"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17}}""";

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void of_a_small_warm_call() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.then(Replies.json(200, ANSWER));
            SERVER.world().account("openai", URI.create(upstream.baseUrl() + "/v1"), Map.of());
            String key = SERVER.world().key(SERVER.world().user("ann", "1000"), Map.of());
            HttpRequest direct = request(URI.create(upstream.baseUrl() + "/v1/chat/completions"), "any");
            HttpRequest relayed = request(SERVER.uri().resolve("/v1/chat/completions"), key);
            measure(direct, relayed, WARM_UP);
            long[][] nanos = measure(direct, relayed, CALLS);
            report(nanos[0], nanos[1]);
        }
    }

    private long[][] measure(HttpRequest direct, HttpRequest relayed, int calls)
            throws IOException, InterruptedException {
        long[][] nanos = new long[2][calls];
        for (int call = 0; call < calls; call++) {
            nanos[0][call] = time(direct);
            nanos[1][call] = time(relayed);
        }
        return nanos;
    }

    private long time(HttpRequest request) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int status = http.send(request, BodyHandlers.ofByteArray()).statusCode();
        long nanos = System.nanoTime() - start;
        if (status != 200) {
            throw new AssertionError("answered " + status);
        }
        return nanos;
    }

    private static void report(long[] direct, long[] relayed) {
        Arrays.sort(direct);
        Arrays.sort(relayed);
        LOG.info(
                "direct p50 {} µs p99 {} µs; relayed p50 {} µs p99 {} µs; added p50 {} µs p99 {} µs",
                at(direct, 50),
                at(direct, 99),
                at(relayed, 50),
                at(relayed, 99),
                at(relayed, 50) - at(direct, 50),
                at(relayed, 99) - at(direct, 99));
    }

    private static long at(long[] sorted, int percent) {
        return sorted[sorted.length * percent / 100] / NANOS_PER_MICRO;
    }

    private static HttpRequest request(URI uri, String key) {
        return HttpRequest.newBuilder(uri)
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(Caller.request("gpt-4o-mini", false)))
                .build();
    }
}
