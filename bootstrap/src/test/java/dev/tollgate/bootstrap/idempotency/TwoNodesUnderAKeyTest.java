package dev.tollgate.bootstrap.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.idempotency.Way.Question;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.Nodes;
import dev.tollgate.bootstrap.server.World;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One idempotency key on two gateways: one call, one charge, whichever is asked and whichever dies. */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesUnderAKeyTest {
    private static final String MODEL = "claude-sonnet-4-5";
    private static final int AT_ONCE = 64;

    /** Races until one in which the live store answered everybody in time. */
    private static final int RACES_MAX = 5;

    private static final Duration SOON = Duration.ofSeconds(60);

    /** The lease of a hold, the sweeper's patience and the way into SQL, on a busy machine. */
    private static final Duration SWEPT_WITHIN = Duration.ofMinutes(3);

    @TempDir
    private static Path folder;

    private static Nodes nodes;
    private static CountingUpstream upstream;
    private static World world;
    private static String key;

    @BeforeAll
    static void start() throws Exception {
        nodes = Nodes.start(folder, 2);
        upstream = new CountingUpstream();
        world = nodes.world(0);
        world.account("claude", upstream.uri(), Map.of());
        key = world.key(world.user("ann", "10"), Map.of());
        Keys.honoured(world, key, uri(0), uri(1));
    }

    @AfterAll
    static void stop() {
        upstream.close();
        nodes.close();
    }

    @Test
    @Order(1)
    void many_at_once_over_both_are_one_call() throws Exception {
        Question question;
        List<HttpResponse<byte[]>> answers;
        int races = 0;
        int sent = 0;
        do {
            String name = "race-" + ++races;
            question = new Question(MODEL, "wait, " + name, false, name);
            answers = race(question);
            assertThat(upstream.asked(name)).as(name).isLessThanOrEqualTo(1);
            sent += upstream.asked(name);
        } while (races < RACES_MAX && answers.stream().anyMatch(Caller::isUnadmitted));
        HttpResponse<byte[]> first = answers.stream()
                .filter(answer -> answer.statusCode() == 200)
                .findFirst()
                .orElseThrow();
        String id = first.headers().firstValue("x-request-id").orElseThrow();
        for (HttpResponse<byte[]> answer : answers) {
            if (answer.statusCode() == 200) {
                assertThat(answer.body()).isEqualTo(first.body());
                assertThat(answer.headers().firstValue("x-request-id")).contains(id);
            } else {
                assertThat(answer.statusCode()).isEqualTo(409);
                assertThat(answer.headers().firstValue("retry-after")).isPresent();
                assertThat(answer.headers().firstValue("idempotency-first-request"))
                        .contains(id);
            }
        }
        for (int node = 0; node < 2; node++) {
            HttpResponse<byte[]> later = ask(node, question);
            assertThat(later.body()).isEqualTo(first.body());
            assertThat(later.headers().firstValue("idempotency-replayed")).contains("true");
        }
        assertThat(upstream.asked(question.key())).isOne();
        nodes.audit(1);
        assertThat(world.records()).hasSize(sent);
    }

    private static List<HttpResponse<byte[]>> race(Question question) throws Exception {
        CountDownLatch gate = upstream.shutGate();
        List<HttpResponse<byte[]>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<byte[]>>> asking = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                URI node = uri(i % 2);
                asking.add(threads.submit(() -> Way.CHAT.ask(node, key, question)));
            }
            Eventually.holds(
                    "it is sent, or nobody was admitted in time",
                    SOON,
                    () -> upstream.asked(question.key()) > 0 || asking.stream().allMatch(Future::isDone));
            gate.countDown();
            for (Future<HttpResponse<byte[]>> asked : asking) {
                answers.add(asked.get());
            }
        } finally {
            gate.countDown();
        }
        return answers;
    }

    /** Asks until the live store answers in time. */
    private static HttpResponse<byte[]> ask(int node, Question question) {
        return Caller.admitted(() -> Way.CHAT.ask(uri(node), key, question));
    }

    @Test
    @Order(2)
    void a_call_whose_node_was_killed_is_not_made_again_by_the_other() throws Exception {
        CountDownLatch gate = upstream.shutGate();
        Question question = new Question(MODEL, "wait, dead", false, "dead");
        int recorded = world.records().size();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<byte[]>> asked = threads.submit(() -> ask(1, question));
            Eventually.holds("it runs", SOON, () -> upstream.asked("dead") == 1);
            HttpResponse<byte[]> elsewhere = ask(0, question);
            assertThat(elsewhere.statusCode()).isEqualTo(409);
            assertThat(elsewhere.headers().firstValue("retry-after")).isPresent();
            nodes.get(1).kill();
            assertThat(asked).failsWithin(SOON);
        } finally {
            gate.countDown();
        }
        Eventually.holds("its record tells the end", SWEPT_WITHIN, () -> {
            HttpResponse<byte[]> again = ask(0, question);
            assertThat(again.statusCode()).isEqualTo(409);
            return again.headers().firstValue("retry-after").isEmpty();
        });
        assertThat(upstream.asked("dead")).isOne();
        assertThat(world.records()).hasSize(recorded + 1);
    }

    private static URI uri(int node) {
        return nodes.get(node).uri();
    }
}
