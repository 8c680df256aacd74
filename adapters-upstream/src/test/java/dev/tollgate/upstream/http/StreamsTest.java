package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.Deadlines;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.application.relay.StreamEnd.Reason;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.CollectingClient;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.openai.OpenAiUpstream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes of streams that go on, go wrong, or lose their caller. */
@Timeout(60)
class StreamsTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final String HELLO = chunk("Hello");
    private static final String WORLD = chunk(" wörld €😀");
    private static final String USAGE =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";
    private static final Deadlines HASTY = new Deadlines(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofMillis(400),
            Duration.ofSeconds(20),
            Duration.ofMillis(400));
    private static final Deadlines PATIENT = new Deadlines(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(20),
            Duration.ofSeconds(2));
    private static final int PINGS = 30;

    private final ScriptedUpstream server = ScriptedUpstream.start();
    private final OpenAiUpstream upstream = new OpenAiUpstream(HTTP, InstantSource.system());
    private final CollectingClient client = new CollectingClient();

    @AfterEach
    void stop() {
        server.close();
    }

    @AfterAll
    static void close() {
        HTTP.close();
    }

    private static String chunk(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}],\"usage\":null}\n\n";
    }

    @Test
    void the_end_is_held_and_the_usage_taken_out() {
        server.then(Replies.stream(HELLO + WORLD + USAGE + DONE));

        StreamEnd end = forward(call());

        assertThat(forwarded()).isEqualTo(HELLO + WORLD);
        assertThat(new String(end.held(), UTF_8)).isEqualTo(DONE);
        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
        assertThat(end.firstTokenAt()).isNotNull();
        assertReported(end, 9, 3);
    }

    @Test
    void a_caller_who_cannot_be_told_leaves_nobody_waiting() {
        server.then(Replies.streamThenHang(HELLO));
        Answer answer = Calls.send(upstream.prepare(call().request()));
        assertThat(answer).isInstanceOf(Answer.Streaming.class);
        CollectingClient broken = new CollectingClient() {
            @Override
            public synchronized void begin(AnswerHead head) {
                throw new IllegalStateException("no connection to tell it to");
            }
        };

        assertThatThrownBy(() -> ((Answer.Streaming) answer).forward(broken))
                .hasRootCauseMessage("no connection to tell it to");
    }

    @Test
    void a_caller_who_asked_for_usage_gets_it() {
        server.then(Replies.stream(HELLO + USAGE + DONE));

        var unused = forward(call().askingForUsage());

        assertThat(forwarded()).isEqualTo(HELLO + USAGE);
    }

    @Test
    void a_stream_asks_for_its_usage() {
        server.then(Replies.stream(HELLO + DONE));

        var unused = forward(call());

        assertThat(new String(server.received().getFirst().body(), UTF_8))
                .startsWith("{\"stream_options\":{\"include_usage\":true},\"model\":");
    }

    @Test
    void whatever_follows_the_end_is_held_with_it() {
        server.then(Replies.stream(HELLO + USAGE + DONE + DONE + ": bye\n\n"));

        assertThat(new String(forward(call()).held(), UTF_8)).isEqualTo(DONE + DONE + ": bye\n\n");
    }

    @Test
    void nobody_waits_for_a_connection_that_stays_open_after_the_end() {
        server.then(Replies.streamThenHang(HELLO + USAGE + DONE));

        assertThat(forward(call()).reason()).isEqualTo(Reason.TERMINAL);
    }

    @Test
    void line_ends_of_every_kind_pass_unchanged() throws IOException {
        String crlf = (HELLO + WORLD + USAGE).replace("\n", "\r\n");
        String cr = HELLO.replace("\n", "\r");
        String mark = "\ufeff";
        server.then(Replies.stream(
                (mark + ": comment\n\n" + crlf + cr + DONE).getBytes(UTF_8), Replies.Chunking.byBytes(1)));

        StreamEnd end = forward(call());

        String expected = mark + ": comment\n\n" + (HELLO + WORLD).replace("\n", "\r\n") + cr;
        assertThat(forwarded()).isEqualTo(expected);
        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
        assertReported(end, 9, 3);
    }

    @Test
    void several_data_lines_are_one_event() {
        String split = USAGE.replace(",\"usage\"", ",\ndata: \"usage\"");
        server.then(Replies.stream(HELLO + split + DONE));

        StreamEnd end = forward(call());

        assertThat(forwarded()).isEqualTo(HELLO);
        assertReported(end, 9, 3);
    }

    @Test
    void a_missing_blank_line_at_the_end_does_not_hide_it() {
        server.then(Replies.stream(HELLO + USAGE + "data: [DONE]"));

        StreamEnd end = forward(call());

        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
        assertThat(new String(end.held(), UTF_8)).isEqualTo("data: [DONE]");
    }

    @Test
    void an_error_before_anything_else_is_no_stream() {
        String error = "{\"error\":{\"message\":\"Rate limit reached. Please try again in 20s.\","
                + "\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}";
        server.then(Replies.stream(": wait\n\ndata: " + error + "\n\n" + DONE));

        Answer.Failed failed = (Answer.Failed) Calls.send(upstream.prepare(call().request()));

        assertThat(failed.fault().kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failed.fault().retryAt()).isNotNull();
        assertThat(failed.head().status()).isEqualTo(429);
        assertThat(new String(failed.body(), UTF_8)).isEqualTo(error);
    }

    @Test
    void an_error_later_is_held() {
        String error = "data: {\"error\":{\"message\":\"boom\",\"type\":\"server_error\"}}\n\n";
        CountDownLatch forwarding = new CountDownLatch(1);
        server.then((request, wire) -> {
            wire.write(Replies.streamHead());
            wire.chunk(HELLO.getBytes(UTF_8));
            await(forwarding);
            wire.chunk(error.getBytes(UTF_8));
            wire.lastChunk();
        });
        Answer.Streaming streaming = (Answer.Streaming) Calls.send(upstream.prepare(call().request()));
        forwarding.countDown();

        StreamEnd end = streaming.forward(client);

        assertThat(forwarded()).isEqualTo(HELLO);
        assertThat(new String(end.held(), UTF_8)).isEqualTo(error);
        assertThat(end.reason()).isEqualTo(Reason.ERROR_EVENT);
        assertThat(end.fault().kind()).isEqualTo(Kind.SERVER);
        assertThat(end.metered().report()).isInstanceOf(UsageReport.Estimated.class);
    }

    @Test
    void a_clean_end_without_the_terminal_event_is_told_apart() {
        server.then(Replies.stream(HELLO + WORLD));

        StreamEnd end = forward(call());

        assertThat(end.reason()).isEqualTo(Reason.NO_TERMINAL);
        assertThat(end.held()).isEmpty();
        assertThat(end.metered().flags()).containsExactly("usage_missing");
    }

    @Test
    void a_reset_in_the_middle_of_an_event_forwards_nothing_of_it() {
        server.then((request, wire) -> {
            wire.write(Replies.streamHead());
            wire.chunk((HELLO + WORLD + "data: {\"choi").getBytes(UTF_8));
            wire.close();
        });

        StreamEnd end = forward(call());

        assertThat(end.reason()).isEqualTo(Reason.BROKEN);
        assertThat(forwarded()).isEqualTo(HELLO + WORLD);
        assertThat(end.fault().kind()).isEqualTo(Kind.BROKEN);
        assertThat(end.metered().report()).isInstanceOfSatisfying(UsageReport.Estimated.class, estimated -> {
            assertThat(estimated.usage().tokens().input()).isBetween(2L, 40L);
            assertThat(estimated.usage().tokens().output()).isBetween(2L, 12L);
        });
    }

    @Test
    void a_reset_after_the_usage_is_charged_by_the_usage() {
        server.then((request, wire) -> {
            wire.write(Replies.streamHead());
            wire.chunk((HELLO + USAGE).getBytes(UTF_8));
            wire.close();
        });

        StreamEnd end = forward(call());

        assertThat(end.reason()).isEqualTo(Reason.BROKEN);
        assertReported(end, 9, 3);
    }

    @Test
    void a_reset_before_the_first_event_is_a_failure() {
        server.then((request, wire) -> {
            wire.write(Replies.streamHead());
            wire.reset();
        });

        assertThat(Calls.send(upstream.prepare(call().request()))).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void an_empty_stream_is_a_failure() {
        server.then(Replies.stream(": nothing\n\n"));

        assertThat(((Answer.Failed) Calls.send(upstream.prepare(call().request())))
                        .fault()
                        .kind())
                .isEqualTo(Kind.BROKEN);
    }

    @Test
    void a_stream_that_falls_silent_is_given_up() {
        server.then(Replies.streamThenHang(HELLO));

        assertThat(forward(call().deadlines(HASTY)).reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void pings_and_comments_keep_a_stream_alive() {
        server.then((request, wire) -> {
            wire.write(Replies.streamHead());
            wire.chunk(HELLO.getBytes(UTF_8));
            for (int ping = 0; ping < PINGS; ping++) {
                pause(Duration.ofMillis(100));
                wire.chunk(": ping\n\n".getBytes(UTF_8));
            }
            wire.chunk((USAGE + DONE).getBytes(UTF_8));
            wire.lastChunk();
        });

        assertThat(forward(call().deadlines(PATIENT)).reason()).isEqualTo(Reason.TERMINAL);
    }

    @Test
    void malformed_events_pass_and_do_no_harm() {
        String garbage = "data: {\"usage\":{{{\n\ndata: \u0000\u0001\n\nnonsense\n\nevent\n\n";
        server.then(Replies.stream(HELLO + garbage + USAGE + DONE));

        StreamEnd end = forward(call());

        assertThat(forwarded()).isEqualTo(HELLO + garbage);
        assertReported(end, 9, 3);
    }

    @Test
    void a_line_without_end_is_never_built() {
        String start = "data: {\"choices\":[{\"delta\":{\"content\":\"";
        int size = 20_000_000;
        server.then((request, wire) -> {
            wire.write(Replies.streamHead());
            wire.chunk((HELLO + start).getBytes(UTF_8));
            byte[] piece = "x".repeat(100_000).getBytes(UTF_8);
            for (int sent = 0; sent < size; sent += piece.length) {
                wire.chunk(piece);
            }
            wire.chunk(("\"}}]}\n\n" + USAGE + DONE).getBytes(UTF_8));
            wire.lastChunk();
        });

        StreamEnd end = forward(call());

        assertThat(client.body()).hasSize(HELLO.length() + start.length() + size + "\"}}]}\n\n".length());
        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
        assertReported(end, 9, 3);
    }

    @Test
    void an_event_between_held_and_endless_is_still_read() {
        String padded = USAGE.replace("\"choices\":[]", "\"choices\":[{}],\"pad\":\"" + "x".repeat(300_000) + "\"");
        server.then(Replies.stream(HELLO + padded + DONE));

        StreamEnd end = forward(call());

        assertThat(forwarded()).isEqualTo(HELLO + padded);
        assertReported(end, 9, 3);
    }

    @Test
    void a_hundred_thousand_small_events_pass() {
        server.then(Replies.stream(HELLO.repeat(100_000) + USAGE + DONE));

        StreamEnd end = forward(call());

        assertThat(client.body()).hasSize(HELLO.length() * 100_000);
        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
    }

    @Test
    void a_caller_who_does_not_read_stops_the_upstream() throws Exception {
        AtomicLong written = new AtomicLong();
        int pieces = 4_000;
        byte[] piece = HELLO.repeat(100).getBytes(UTF_8);
        server.then((request, wire) -> {
            wire.write(Replies.streamHead());
            for (int sent = 0; sent < pieces; sent++) {
                wire.chunk(piece);
                written.addAndGet(piece.length);
            }
            wire.chunk(DONE.getBytes(UTF_8));
            wire.lastChunk();
        });
        client.haveRoom(1);
        Answer.Streaming streaming = (Answer.Streaming) Calls.send(upstream.prepare(call().request()));
        CompletableFuture<StreamEnd> end = CompletableFuture.supplyAsync(() -> streaming.forward(client));

        long stuckAt = settled(written);

        assertThat(client.body().length).as("buffered between the two").isLessThanOrEqualTo(64 * 1024 + HELLO.length());
        assertThat(stuckAt)
                .as("taken from the upstream, socket buffers included")
                .isLessThan((long) pieces * piece.length);
        client.makeRoom(Long.MAX_VALUE);
        assertThat(end.get(30, TimeUnit.SECONDS).reason()).isEqualTo(Reason.TERMINAL);
        assertThat(client.body()).hasSize(pieces * piece.length);
    }

    @Test
    void an_answer_is_read_on_for_its_usage_after_the_caller_left() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        server.then((request, wire) -> {
            wire.write(Replies.streamHead());
            wire.chunk(HELLO.getBytes(UTF_8));
            await(left);
            wire.chunk((WORLD + USAGE + DONE).getBytes(UTF_8));
            wire.lastChunk();
        });
        Answer.Streaming streaming = (Answer.Streaming) Calls.send(upstream.prepare(call().request()));
        CompletableFuture<StreamEnd> end = CompletableFuture.supplyAsync(() -> streaming.forward(client));
        client.leave();
        left.countDown();

        assertThat(end.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CLIENT_GONE);
        assertReported(end.get(), 9, 3);
        assertThat(forwarded()).doesNotContain("rld");
    }

    @Test
    void a_drain_ends_when_its_time_is_up() throws Exception {
        server.then(Replies.streamThenHang(HELLO));
        Answer.Streaming streaming = (Answer.Streaming)
                Calls.send(upstream.prepare(call().deadlines(HASTY).request()));
        CompletableFuture<StreamEnd> end = CompletableFuture.supplyAsync(() -> streaming.forward(client));
        client.leave();

        assertThat(end.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CLIENT_GONE);
        assertThat(end.get().metered().report()).isInstanceOf(UsageReport.Estimated.class);
    }

    private Calls call() {
        return Calls.chat(server.baseUrl()).streamed();
    }

    private StreamEnd forward(Calls calls) {
        return ((Answer.Streaming) Calls.send(upstream.prepare(calls.request()))).forward(client);
    }

    private String forwarded() {
        return new String(client.body(), UTF_8);
    }

    private static void assertReported(StreamEnd end, long input, long output) {
        assertThat(end.metered().report()).isInstanceOfSatisfying(UsageReport.Reported.class, reported -> {
            assertThat(reported.usage().tokens().input()).isEqualTo(input);
            assertThat(reported.usage().tokens().output()).isEqualTo(output);
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void pause(Duration time) {
        java.util.concurrent.locks.LockSupport.parkNanos(time.toNanos());
    }

    /** The value once it has stopped rising. */
    private static long settled(AtomicLong value) {
        long before = -1;
        while (before != value.get()) {
            before = value.get();
            pause(Duration.ofMillis(300));
        }
        return before;
    }
}
