package dev.tollgate.bootstrap.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.idempotency.Way.Question;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.persistence.sql.SqlTransactions;
import dev.tollgate.web.relay.CallDoor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked again under one {@code Idempotency-Key} is answered as before and charged once. */
@Timeout(180)
class IdempotencyTest {
    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static final String MODEL = "claude-sonnet-4-5";
    private static final int AT_ONCE = 64;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static CountingUpstream upstream;

    private long user;
    private String apiKey;

    @BeforeAll
    static void set_up() {
        upstream = new CountingUpstream();
        SERVER.world().account("claude", upstream.uri(), Map.of());
    }

    @AfterAll
    static void tear_down() {
        upstream.close();
    }

    @BeforeEach
    void somebody() {
        user = SERVER.world().user("user-" + NUMBER.incrementAndGet(), "10");
        apiKey = SERVER.world().key(user, Map.of());
        Keys.honoured(SERVER.world(), apiKey, SERVER.uri());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void the_same_call_again_gets_the_same_answer_for_nothing(Way way) {
        Question question = new Question(MODEL, "again " + way, false, "again-" + way);
        HttpResponse<byte[]> first = ask(way, question);
        HttpResponse<byte[]> again = ask(way, question);

        assertThat(first.statusCode())
                .as("%s", new String(first.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(first.headers().firstValue("idempotency-replayed")).isEmpty();
        assertSame(first, again);
        assertThat(upstream.asked("again " + way)).isOne();
        assertChargedOnce();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void many_at_once_are_one_call(Way way) throws Exception {
        CountDownLatch gate = upstream.shutGate();
        Question question = new Question(MODEL, "wait, many " + way, false, "many-" + way);
        List<HttpResponse<byte[]>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<byte[]>>> asking = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                asking.add(threads.submit(() -> ask(way, question)));
            }
            CallDoor door = SERVER.bean(CallDoor.class);
            Eventually.holds("all are in", SOON, () -> door.count() == AT_ONCE);
            gate.countDown();
            for (Future<HttpResponse<byte[]>> asked : asking) {
                answers.add(asked.get());
            }
        } finally {
            gate.countDown();
        }
        HttpResponse<byte[]> first = answers.stream()
                .filter(answer -> !isReplayed(answer))
                .reduce((one, other) -> {
                    throw new AssertionError("two were served");
                })
                .orElseThrow();
        assertThat(first.statusCode()).isEqualTo(200);
        answers.stream().filter(IdempotencyTest::isReplayed).forEach(answer -> assertSame(first, answer));
        assertThat(upstream.asked("many " + way)).isOne();
        assertChargedOnce();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void another_body_under_the_key_is_refused(Way way) {
        HttpResponse<byte[]> first = ask(way, new Question(MODEL, "one " + way, false, "reused-" + way));
        HttpResponse<byte[]> other = ask(way, new Question(MODEL, "two " + way, false, "reused-" + way));

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(way.word(other))
                .isEqualTo(
                        switch (way) {
                            case CHAT, RESPONSES -> "idempotency_key_reused";
                            case MESSAGES -> "invalid_request_error";
                            case GEMINI -> "INVALID_ARGUMENT";
                        });
        assertNames(first, other);
        assertThat(other.headers().firstValue("x-should-retry")).contains("false");
        assertThat(upstream.asked("two " + way)).isZero();
        assertChargedOnce();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_stream_is_told_to_have_been_while_it_runs_and_afterwards(Way way) throws Exception {
        CountDownLatch gate = upstream.shutGate();
        Question question = new Question(MODEL, "wait, stream " + way, true, "stream-" + way);
        HttpResponse<byte[]> meanwhile;
        HttpResponse<byte[]> first;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<byte[]>> running = threads.submit(() -> ask(way, question));
            Eventually.holds("it runs", SOON, () -> upstream.asked("stream " + way) == 1);
            meanwhile = ask(way, question);
            gate.countDown();
            first = running.get();
        } finally {
            gate.countDown();
        }

        assertThat(first.statusCode()).isEqualTo(200);
        assertConflict(way, first, meanwhile);
        assertThat(meanwhile.headers().firstValue("retry-after")).isPresent();
        Eventually.holds("its end is known a moment after it was seen", SOON, () -> {
            HttpResponse<byte[]> afterwards = ask(way, question);
            assertConflict(way, first, afterwards);
            return afterwards.headers().firstValue("retry-after").isEmpty();
        });
        assertThat(upstream.asked("stream " + way)).isOne();
        assertChargedOnce();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_key_nobody_can_read_is_refused_by_name(Way way) {
        HttpResponse<byte[]> answer = ask(way, new Question(MODEL, "long", false, "k".repeat(256)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Way.json(answer).at("/error/message").asText()).contains("Idempotency-Key");
    }

    @Test
    void an_answer_above_a_mebibyte_is_told_to_have_been() {
        Question question = new Question(MODEL, "large", false, "large");
        HttpResponse<byte[]> first = ask(Way.CHAT, question);
        HttpResponse<byte[]> again = ask(Way.CHAT, question);

        assertThat(first.body()).hasSizeGreaterThan(1 << 20);
        assertConflict(Way.CHAT, first, again);
        assertThat(upstream.asked("large")).isOne();
        assertChargedOnce();
    }

    @Test
    void who_was_refused_may_try_again_under_the_key() {
        long poor = SERVER.world().user("poor", "0");
        String poorKey = SERVER.world().key(poor, Map.of());
        Question question = new Question(MODEL, "poor", false, "poor");
        assertThat(Way.CHAT.ask(SERVER.uri(), poorKey, question).statusCode()).isEqualTo(402);
        SERVER.admin().post("/api/admin/users/" + poor + "/credits", Map.of("amount", "1", "reason", "pay day"));

        Eventually.holds(
                "the money is known",
                SOON,
                () -> Way.CHAT.ask(SERVER.uri(), poorKey, question).statusCode() == 200);
        assertThat(upstream.asked("poor")).isOne();
    }

    @Test
    void what_the_upstream_refused_may_be_tried_again_under_the_key() {
        Question question = new Question(MODEL, "refuse", false, "refuse");
        HttpResponse<byte[]> refused = ask(Way.MESSAGES, question);
        HttpResponse<byte[]> served = ask(Way.MESSAGES, question);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(isReplayed(served)).isFalse();
        SERVER.audit();
        assertThat(records())
                .extracting(record -> record.get("total_cost").asText())
                .containsOnlyOnce("0");
    }

    @Test
    void the_header_means_nothing_while_the_setting_is_off() {
        Keys.ignored(SERVER.world(), apiKey, SERVER.uri());
        Question question = new Question(MODEL, "off", false, "off");
        HttpResponse<byte[]> first = ask(Way.CHAT, question);
        HttpResponse<byte[]> again = ask(Way.CHAT, question);

        assertThat(again.body()).isNotEqualTo(first.body());
        assertThat(upstream.asked("off")).isEqualTo(2);
    }

    @Test
    void the_record_has_the_digests() {
        HttpResponse<byte[]> answer = ask(Way.CHAT, new Question(MODEL, "digest", false, "digest"));
        SERVER.audit();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(SERVER.bean(SqlTransactions.class)
                        .<Long>read(sql -> sql.number(
                                "SELECT COUNT(*) FROM usage_record r JOIN idempotency_key k ON r.request_id = k.request_id"
                                        + " WHERE r.idempotency = CONCAT(k.key_digest, k.call_digest) AND r.user_id = ?",
                                user)))
                .isOne();
    }

    private HttpResponse<byte[]> ask(Way way, Question question) {
        return way.ask(SERVER.uri(), apiKey, question);
    }

    private void assertChargedOnce() {
        SERVER.audit();
        assertThat(records()).hasSize(1);
    }

    private List<JsonNode> records() {
        return SERVER.world().records().stream()
                .filter(record -> record.get("user_id").asLong() == user)
                .toList();
    }

    private static boolean isReplayed(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("idempotency-replayed").isPresent();
    }

    private static void assertSame(HttpResponse<byte[]> first, HttpResponse<byte[]> again) {
        assertThat(again.headers().firstValue("idempotency-replayed")).contains("true");
        assertThat(again.statusCode()).isEqualTo(first.statusCode());
        assertThat(again.body()).isEqualTo(first.body());
        for (String name :
                List.of("x-request-id", "request-id", "content-type", "x-tollgate-cost", "x-tollgate-attempts")) {
            assertThat(again.headers().allValues(name))
                    .as(name)
                    .isEqualTo(first.headers().allValues(name));
        }
    }

    private static void assertConflict(Way way, HttpResponse<byte[]> first, HttpResponse<byte[]> again) {
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(way.word(again))
                .isEqualTo(
                        switch (way) {
                            case CHAT, RESPONSES -> "idempotency_conflict";
                            case MESSAGES -> "invalid_request_error";
                            case GEMINI -> "ABORTED";
                        });
        assertNames(first, again);
    }

    private static void assertNames(HttpResponse<byte[]> first, HttpResponse<byte[]> again) {
        String id = first.headers().firstValue("x-request-id").orElseThrow();
        assertThat(again.headers().firstValue("idempotency-first-request")).contains(id);
        assertThat(Way.json(again).at("/error/message").asText()).contains(id);
        assertThat(again.headers().firstValue("x-request-id")).isPresent().isNotEqualTo(Optional.of(id));
    }
}
