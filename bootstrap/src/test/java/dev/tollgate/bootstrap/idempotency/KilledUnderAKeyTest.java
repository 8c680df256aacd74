package dev.tollgate.bootstrap.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.idempotency.Way.Question;
import dev.tollgate.bootstrap.server.AdminClient;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.GatewayProcess;
import dev.tollgate.bootstrap.server.World;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is killed leaves its idempotency keys as they were: nothing is sent or charged a second time. */
@Timeout(600)
class KilledUnderAKeyTest {
    private static final String MODEL = "claude-sonnet-4-5";
    private static final Question ANSWERED = new Question(MODEL, "answered", false, "k-answered");
    private static final Question WHOLE = new Question(MODEL, "wait for the whole", false, "k-whole");
    private static final Question STREAM = new Question(MODEL, "wait for the stream", true, "k-stream");
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void has_its_answers_still_and_sends_nothing_again(@TempDir Path folder) throws Exception {
        GatewayProcess gateway = GatewayProcess.start(folder);
        try (CountingUpstream upstream = new CountingUpstream();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            World world = world(gateway);
            world.account("claude", upstream.uri(), Map.of());
            String key = world.key(world.user("ann", "10"), Map.of());
            Keys.honoured(world, key, gateway.uri());
            HttpResponse<byte[]> answered = Way.CHAT.ask(gateway.uri(), key, ANSWERED);
            upstream.shutGate();
            Future<?> whole = threads.submit(() -> askInVain(gateway.uri(), key, WHOLE));
            Future<?> stream = threads.submit(() -> askInVain(gateway.uri(), key, STREAM));
            Eventually.holds(
                    "both run", SOON, () -> upstream.asked("the whole") == 1 && upstream.asked("the stream") == 1);
            gateway.kill();
            whole.get();
            stream.get();
            gateway.startAgain();

            HttpResponse<byte[]> again = Way.CHAT.ask(gateway.uri(), key, ANSWERED);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(answered.body());
            assertEndsUnanswered(gateway.uri(), key, WHOLE);
            assertEndsUnanswered(gateway.uri(), key, STREAM);
            assertThat(upstream.asked("the whole")).isOne();
            assertThat(upstream.asked("the stream")).isOne();
            assertThat(upstream.asked("answered")).isOne();
            World after = world(gateway);
            assertThat(after.records()).hasSize(3);
            assertThat(after.admin()
                            .post("/api/admin/audit", Map.of())
                            .get("ok")
                            .asBoolean())
                    .isTrue();
        } finally {
            gateway.kill();
        }
    }

    private static World world(GatewayProcess gateway) {
        return new World(AdminClient.login(gateway.uri(), "admin", GatewayProcess.ADMIN_PASSWORD));
    }

    private static void askInVain(URI gateway, String key, Question question) {
        try {
            HttpResponse<byte[]> unused = Way.CHAT.ask(gateway, key, question);
            throw new AssertionError("answered by a killed gateway");
        } catch (IllegalStateException broken) {
            assertThat(broken).hasMessageContaining("broke the connection");
        }
    }

    /** Told to have been, and for a while perhaps that its end is not known. */
    private static void assertEndsUnanswered(URI gateway, String key, Question question) {
        Eventually.holds("its record tells the end", SOON, () -> {
            HttpResponse<byte[]> again = Way.CHAT.ask(gateway, key, question);
            assertThat(again.statusCode()).isEqualTo(409);
            assertThat(again.headers().firstValue("idempotency-first-request")).isPresent();
            return again.headers().firstValue("retry-after").isEmpty();
        });
    }
}
