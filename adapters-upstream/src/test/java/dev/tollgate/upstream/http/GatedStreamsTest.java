package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.application.relay.StreamEnd.Reason;
import dev.tollgate.application.relay.StreamGate;
import dev.tollgate.application.relay.StreamedOutput;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.CollectingClient;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.openai.OpenAiUpstream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that may put out only so much, until more is allowed or refused. */
@Timeout(60)
class GatedStreamsTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final String WORD =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"}}],\"usage\":null}\n\n";
    private static final String DONE = "data: [DONE]\n\n";
    private static final int WORDS = 40;
    private static final long LETTERS = " word".length();

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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothing_goes_on_beyond_the_gate_and_nothing_is_lost_behind_it(boolean inOnePiece) throws Exception {
        server.then(
                inOnePiece
                        ? Replies.stream(WORD.repeat(WORDS) + DONE)
                        : (request, wire) -> {
                            wire.write(Replies.streamHead());
                            for (int word = 0; word < WORDS; word++) {
                                wire.chunk(WORD.getBytes(UTF_8));
                            }
                            wire.chunk(DONE.getBytes(UTF_8));
                            wire.lastChunk();
                        });
        HandGate gate = new HandGate(10 * LETTERS);
        CompletableFuture<StreamEnd> end = forward(gate);

        gate.awaitAsked();
        awaitForwarded(WORD.repeat(10));
        gate.allow(25 * LETTERS);
        gate.awaitAsked();
        awaitForwarded(WORD.repeat(25));
        gate.allow(Long.MAX_VALUE);

        assertThat(end.get(20, TimeUnit.SECONDS).reason()).isEqualTo(Reason.TERMINAL);
        assertThat(forwarded()).isEqualTo(WORD.repeat(WORDS));
        assertThat(new String(end.get().held(), UTF_8)).isEqualTo(DONE);
    }

    @Test
    void a_refusal_ends_the_stream_between_two_events_and_cancels_the_upstream() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        server.then((request, wire) -> {
            try {
                wire.write(Replies.streamHead());
                while (true) {
                    wire.chunk(WORD.repeat(3).getBytes(UTF_8));
                }
            } finally {
                cancelled.countDown();
            }
        });
        HandGate gate = new HandGate(10 * LETTERS);
        CompletableFuture<StreamEnd> end = forward(gate);

        gate.awaitAsked();
        gate.refuse();

        assertThat(end.get(20, TimeUnit.SECONDS).reason()).isEqualTo(Reason.UNHELD);
        assertThat(end.get().held()).isEmpty();
        assertThat(end.get().metered().report())
                .isInstanceOfSatisfying(
                        UsageReport.Estimated.class,
                        counted -> assertThat(counted.usage().tokens().output()).isEqualTo(10));
        assertThat(forwarded()).isEqualTo(WORD.repeat(10));
        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void an_upstream_that_breaks_off_behind_the_gate_is_told_after_what_came_before() throws Exception {
        server.then((request, wire) -> {
            wire.write(Replies.streamHead());
            wire.chunk(WORD.repeat(WORDS).getBytes(UTF_8));
            wire.close();
        });
        HandGate gate = new HandGate(10 * LETTERS);
        CompletableFuture<StreamEnd> end = forward(gate);

        gate.awaitAsked();
        gate.allow(Long.MAX_VALUE);

        assertThat(end.get(20, TimeUnit.SECONDS).reason()).isEqualTo(Reason.BROKEN);
        assertThat(forwarded()).isEqualTo(WORD.repeat(WORDS));
    }

    @Test
    void a_caller_who_leaves_at_the_gate_ends_the_upstream() throws Exception {
        server.then(Replies.streamThenHang(WORD.repeat(WORDS)));
        HandGate gate = new HandGate(10 * LETTERS);
        CompletableFuture<StreamEnd> end = forward(gate);

        gate.awaitAsked();
        client.leave();

        assertThat(end.get(20, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CLIENT_GONE);
    }

    @Test
    void the_count_is_a_token_a_byte_until_it_is_counted_in_earnest() throws Exception {
        server.then(Replies.stream(WORD.repeat(WORDS) + DONE));
        HandGate gate = new HandGate(10 * LETTERS);
        CompletableFuture<StreamEnd> end = forward(gate);

        gate.awaitAsked();
        StreamedOutput output = gate.output();
        assertThat(output.outputAtMost()).isEqualTo(10 * LETTERS);
        output.recount();
        assertThat(output.outputAtMost()).isEqualTo(10);
        gate.allow(20);
        gate.awaitAsked();
        awaitForwarded(WORD.repeat(12));
        output.recount();
        assertThat(output.outputAtMost()).isEqualTo(12);
        gate.allow(Long.MAX_VALUE);
        assertThat(end.get(20, TimeUnit.SECONDS).reason()).isEqualTo(Reason.TERMINAL);
    }

    private CompletableFuture<StreamEnd> forward(StreamGate gate) {
        var request = Calls.chat(server.baseUrl()).streamed().request(gate);
        Answer.Streaming streaming = (Answer.Streaming) Calls.send(upstream.prepare(request));
        return CompletableFuture.supplyAsync(() -> streaming.forward(client));
    }

    /** What was read before the caller listened reaches them a moment later. */
    private void awaitForwarded(String expected) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (client.body().length < expected.length() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        assertThat(forwarded()).isEqualTo(expected);
    }

    private String forwarded() {
        return new String(client.body(), UTF_8);
    }

    /** Lets so many tokens through, until it is told otherwise. */
    private static final class HandGate implements StreamGate {
        private final List<Runnable> waiting = new ArrayList<>();
        private long most;
        private @Nullable CallError refusal;
        private @Nullable StreamedOutput asked;

        HandGate(long most) {
            this.most = most;
        }

        @Override
        public synchronized boolean isOpen(StreamedOutput output) {
            asked = output;
            return refusal == null && output.outputAtMost() < most;
        }

        @Override
        public boolean isCounting() {
            return true;
        }

        @Override
        public synchronized void onChange(Runnable action) {
            waiting.add(action);
            notifyAll();
        }

        @Override
        public synchronized @Nullable CallError refusal() {
            return refusal;
        }

        synchronized StreamedOutput output() {
            return java.util.Objects.requireNonNull(asked);
        }

        /** Waits until the stream has stopped before it. */
        synchronized void awaitAsked() throws InterruptedException {
            while (waiting.isEmpty()) {
                wait();
            }
        }

        synchronized void allow(long tokens) {
            most = tokens;
            tell();
        }

        synchronized void refuse() {
            refusal = CallError.of(CallError.Code.INSUFFICIENT_QUOTA, "for the test");
            tell();
        }

        private void tell() {
            List<Runnable> told = List.copyOf(waiting);
            waiting.clear();
            told.forEach(Runnable::run);
        }
    }
}
