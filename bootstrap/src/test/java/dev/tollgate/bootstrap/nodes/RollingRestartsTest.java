package dev.tollgate.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.GatewayProcess;
import dev.tollgate.bootstrap.server.Nodes;
import dev.tollgate.bootstrap.server.ShapedUpstream;
import dev.tollgate.bootstrap.server.World;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two gateways stopped and started again in turn under load, as an upgrade does: no call that one of them took breaks
 * off, each is billed once, and each gateway leaves nothing behind.
 */
class RollingRestartsTest {
    private static final Logger LOG = LoggerFactory.getLogger(RollingRestartsTest.class);
    private static final int RESTARTS = Integer.getInteger("tollgate.nodes.restarts", 5);
    private static final int CALLERS = 4;
    private static final Duration TRY_AGAIN = Duration.ofMillis(50);
    private static final String MODEL = "gpt-4o-mini";

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();

    @Test
    void lose_nothing(@TempDir Path folder) throws Exception {
        try (Nodes nodes = Nodes.start(folder, 2, Map.of("TOLLGATE_DRAIN_TIMEOUT", "20s"));
                ShapedUpstream upstream = new ShapedUpstream();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            World world = nodes.world(0);
            world.account("openai", upstream.uri().resolve("/v1"), Map.of());
            String key = world.key(world.user("ann", "100"), Map.of());
            List<Future<?>> calling = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                calling.add(callers.submit(() -> {
                    callOn(nodes, key);
                    return null;
                }));
            }
            try {
                for (int restart = 0; restart < RESTARTS; restart++) {
                    GatewayProcess node = nodes.get(restart % 2);
                    assertThat(node.terminate()).as("%s", node.log()).isZero();
                    node.startAgain();
                }
            } finally {
                isOver.set(true);
            }
            for (Future<?> each : calling) {
                each.get();
            }
            nodes.audit(0);
            Map<String, Long> records = nodes.world(1).records().stream()
                    .collect(Collectors.groupingBy(RollingRestartsTest::id, Collectors.counting()));
            assertThat(records.keySet()).containsExactlyInAnyOrderElementsOf(answered);
            assertThat(records.values()).containsOnly(1L);
            LOG.info(
                    "{} restarts during {} calls, none lost; {} found no node",
                    RESTARTS,
                    answered.size(),
                    unanswered.get());
        }
    }

    private static String id(JsonNode entry) {
        return entry.get("request_id").asText();
    }

    /** Goes to the other node when one does not answer or takes no calls; an answer that begins is whole. */
    private void callOn(Nodes nodes, String key) throws IOException, InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int call = 0; !isOver.get(); call++) {
                boolean isStreamed = call / 2 % 2 == 0;
                HttpRequest request = HttpRequest.newBuilder(
                                nodes.get(call % 2).uri().resolve("/v1/chat/completions"))
                        .timeout(Duration.ofSeconds(60))
                        .header("authorization", "Bearer " + key)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(Caller.request(MODEL, isStreamed)))
                        .build();
                try {
                    take(http.send(request, BodyHandlers.ofString()), isStreamed);
                } catch (IOException e) {
                    unanswered.incrementAndGet(); // and so it must not be recorded either
                    Eventually.pause(TRY_AGAIN);
                }
            }
        }
    }

    private void take(HttpResponse<String> answer, boolean isStreamed) {
        if (answer.statusCode() == 503) {
            Eventually.pause(TRY_AGAIN);
            return;
        }
        assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(200);
        assertThat(answer.body()).endsWith(isStreamed ? "data: [DONE]\n\n" : "}");
        answered.add(answer.headers().firstValue("x-request-id").orElseThrow());
    }
}
