package dev.tollgate.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.AdminClient;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.GatewayProcess;
import dev.tollgate.bootstrap.server.World;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM with calls open: what ends in time ends as ever, the rest is told so and billed for what it was. */
class GracefulDrainTest {
    private static final int STREAMS = Integer.getInteger("tollgate.drain.streams", 200);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration LONG_GRACE = Duration.ofSeconds(20);
    private static final Duration AFTER_GRACE = Duration.ofSeconds(15);

    /** Soon enough for a call that is still answered. */
    private static final Duration SAYS_SO_WITHIN = Duration.ofSeconds(9);

    private static final long ANSWER_SECONDS = 20;

    private static final String LISTEN = "listen";
    private static final String TALK = "talk";

    @TempDir
    private Path folder;

    @Test
    void ends_streams_normally_or_in_their_dialect_and_bills_them_all() throws Exception {
        GatewayProcess gateway = start(GRACE);
        try (LongUpstream upstream = new LongUpstream();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Caller caller = caller(gateway, upstream);
            List<Future<HttpResponse<byte[]>>> shorts = new ArrayList<>();
            List<Future<HttpResponse<byte[]>>> longs = new ArrayList<>();
            for (int i = 0; i < STREAMS / 4; i++) {
                for (Dialect dialect : Dialect.values()) {
                    shorts.add(callers.submit(() -> caller.call(dialect, request(dialect, LISTEN, true))));
                    longs.add(callers.submit(() -> caller.call(dialect, request(dialect, TALK, true))));
                }
            }
            Future<HttpResponse<byte[]>> whole =
                    callers.submit(() -> caller.call(Dialect.CHAT, request(Dialect.CHAT, TALK, false)));
            int all = shorts.size() + longs.size() + 1;
            Eventually.holds("all are under way", Duration.ofSeconds(60), () -> upstream.open() == all);

            long asked = System.nanoTime();
            gateway.askToEnd();
            Eventually.holds("it says that it is ending", SAYS_SO_WITHIN, () -> !gateway.isReady());
            assertThat(caller.call(Dialect.CHAT, request(Dialect.CHAT, LISTEN, true))
                            .statusCode())
                    .isEqualTo(503);
            upstream.end();
            assertThat(gateway.awaitEnd()).as("%s", gateway.log()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(GRACE.plus(AFTER_GRACE));

            for (Future<HttpResponse<byte[]>> each : shorts) {
                assertThat(text(each)).containsAnyOf("data: [DONE]\n\n", "event: message_stop\n");
            }
            for (Future<HttpResponse<byte[]>> each : longs) {
                assertThat(text(each)).contains("The gateway was stopped before the answer was complete");
            }
            assertThat(whole.get(ANSWER_SECONDS, TimeUnit.SECONDS).statusCode()).isEqualTo(503);

            gateway.startAgain();
            World world = world(gateway);
            List<JsonNode> records = world.records();
            assertThat(records).hasSize(all);
            assertThat(records.stream().filter(each -> isStatus(each, "completed")))
                    .hasSize(shorts.size());
            assertThat(records.stream().filter(each -> isStatus(each, "incomplete")))
                    .hasSize(longs.size() + 1);
            assertThat(records.stream().filter(each -> isStatus(each, "incomplete") && isCharged(each)))
                    .hasSize(longs.size());
            JsonNode audit = world.admin().post("/api/admin/audit", Map.of());
            assertThat(audit.get("ok").asBoolean()).as("%s", audit).isTrue();
        } finally {
            gateway.kill();
        }
    }

    @Test
    void halves_the_time_at_a_second_signal() throws Exception {
        GatewayProcess gateway = start(LONG_GRACE);
        try (LongUpstream upstream = new LongUpstream();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Caller caller = caller(gateway, upstream);
            var open = callers.submit(() -> caller.call(Dialect.CHAT, request(Dialect.CHAT, TALK, true)));
            Eventually.holds("it is under way", Duration.ofSeconds(30), () -> upstream.open() == 1);

            long asked = System.nanoTime();
            gateway.askToEnd();
            Eventually.holds("it says that it is ending", SAYS_SO_WITHIN, () -> !gateway.isReady());
            assertThat(caller.call(Dialect.CHAT, request(Dialect.CHAT, LISTEN, true))
                            .statusCode())
                    .isEqualTo(503);
            gateway.askToEnd();
            assertThat(gateway.awaitEnd()).as("%s", gateway.log()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(LONG_GRACE);
            assertThat(text(open)).contains("The gateway was stopped before the answer was complete");
        } finally {
            gateway.kill();
        }
    }

    private GatewayProcess start(Duration grace) throws Exception {
        return GatewayProcess.start(folder, Map.of("TOLLGATE_DRAIN_TIMEOUT", grace.toSeconds() + "s"));
    }

    private static World world(GatewayProcess gateway) {
        return new World(AdminClient.login(gateway.uri(), "admin", GatewayProcess.ADMIN_PASSWORD));
    }

    private static Caller caller(GatewayProcess gateway, LongUpstream upstream) {
        World world = world(gateway);
        world.account("openai", upstream.uri().resolve("/v1"), Map.of());
        world.account("claude", upstream.uri(), Map.of());
        return new Caller(gateway.uri(), world.key(world.user("ann", "100"), Map.of()));
    }

    private static String request(Dialect dialect, String what, boolean stream) {
        String model = dialect == Dialect.CHAT ? "gpt-4o-mini" : "claude-haiku-4-5";
        return "{\"model\":\"" + model + "\",\"max_tokens\":1000,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + what + "\"}]}";
    }

    private static String text(Future<HttpResponse<byte[]>> answer) throws Exception {
        return new String(answer.get(ANSWER_SECONDS, TimeUnit.SECONDS).body(), StandardCharsets.UTF_8);
    }

    private static boolean isStatus(JsonNode entry, String status) {
        return entry.get("status").asText().equals(status);
    }

    private static boolean isCharged(JsonNode entry) {
        return entry.get("output_tokens").asLong() > 0;
    }
}
