package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.application.relay.StreamEnd.Reason;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.Replies.Chunking;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.ScriptedUpstream.Reply;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are no server-sent events, and events that may be the last, passed on as they came. */
class FramingsTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final String ARRAY =
            "[{\"text\":\"a ] } , [ { \\\" \\\\\"},\r\n{\"text\":\"€😀\",\"deep\":[{\"a\":[]}]}\n,\n{\"last\":1}\n]\n";
    private static final int HELD_FROM = ARRAY.indexOf("\n,\n{\"last");

    private final ScriptedUpstream server = ScriptedUpstream.start();
    private final FakeCalls calls = new FakeCalls(HTTP, server);

    @AfterEach
    void stop() {
        server.close();
    }

    @AfterAll
    static void close() {
        HTTP.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 10_000})
    void an_array_passes_byte_for_byte_with_its_last_element_and_bracket_held(int piece) {
        FakeCodec codec = FakeCodec.of(Framing.JSON_ARRAY);

        StreamEnd end = calls.forward(array(Chunking.byBytes(piece), true, ARRAY), codec, null);

        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
        assertThat(calls.forwarded()).isEqualTo(ARRAY.substring(0, HELD_FROM));
        assertThat(FakeCalls.held(end)).isEqualTo(ARRAY.substring(HELD_FROM));
        assertThat(codec.events())
                .containsExactly(
                        "{\"text\":\"a ] } , [ { \\\" \\\\\"}",
                        "{\"text\":\"€😀\",\"deep\":[{\"a\":[]}]}",
                        "{\"last\":1}");
    }

    @Test
    void an_arrays_elements_are_found_wherever_the_bytes_are_cut() {
        byte[] bytes = ARRAY.getBytes(UTF_8);
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            JsonArrayScanner scanner = new JsonArrayScanner();
            StringBuilder all = new StringBuilder();
            int events = 0;
            for (int from = 0; from < bytes.length; ) {
                int to = Math.min(bytes.length, from + 1 + random.nextInt(20));
                scanner.append(io.netty.buffer.Unpooled.wrappedBuffer(bytes, from, to - from));
                while (scanner.next() == EventScanner.Found.EVENT) {
                    all.append(new String(scanner.buffer(), scanner.from(), scanner.to() - scanner.from(), UTF_8));
                    events++;
                }
                scanner.compact();
                from = to;
            }
            assertThat(scanner.end()).isEqualTo(EventScanner.Found.TRAILER);
            all.append(new String(scanner.buffer(), scanner.from(), scanner.to() - scanner.from(), UTF_8));
            assertThat(events).isEqualTo(3);
            assertThat(all.toString()).isEqualTo(ARRAY);
        }
    }

    @Test
    void an_array_without_a_last_element_is_not_closed() {
        StreamEnd end = calls.forward(
                array(Chunking.whole(), true, "[{\"a\":1},{\"b\":2}]"), FakeCodec.of(Framing.JSON_ARRAY), null);

        assertThat(end.reason()).isEqualTo(Reason.NO_TERMINAL);
        assertThat(calls.forwarded()).isEqualTo("[{\"a\":1},{\"b\":2}");
        assertThat(end.held()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"a\":1},{\"last\":2}", "[{\"a\":1},{\"last\":2},{\"c\"", "[{\"a\":1},{\"last\":2},"})
    void an_array_that_stops_in_the_middle_is_broken(String bytes) {
        StreamEnd end = calls.forward(array(Chunking.whole(), true, bytes), FakeCodec.of(Framing.JSON_ARRAY), null);

        assertThat(end.reason()).isEqualTo(Reason.BROKEN);
        assertThat(calls.forwarded()).isEqualTo("[{\"a\":1}");
        assertThat(end.held()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"error\":\"boom\"}]", "{\"error\":\"boom\"}"})
    void an_error_in_place_of_the_first_element_is_no_stream(String bytes) {
        server.then(array(Chunking.whole(), true, bytes));

        Answer answer = calls.send(calls.streamed(), FakeCodec.of(Framing.JSON_ARRAY), null);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.body()).asString(UTF_8).isEqualTo("{\"error\":\"boom\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "", " \n", "[", "nonsense", "]]]]"})
    void an_array_of_nothing_is_a_failure(String bytes) {
        server.then(array(Chunking.whole(), true, bytes));

        Answer answer = calls.send(calls.streamed(), FakeCodec.of(Framing.JSON_ARRAY), null);

        assertThat(((Answer.Failed) answer).fault().kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void an_array_asked_for_as_no_stream_is_read_whole() {
        server.then(array(Chunking.whole(), true, ARRAY));

        Answer answer = calls.send(Calls.chat(server.baseUrl()), FakeCodec.of(Framing.JSON_ARRAY), null);

        assertThat(((Answer.Whole) answer).body()).asString(UTF_8).isEqualTo(ARRAY);
    }

    @Test
    void an_element_too_large_to_hold_or_to_read_passes() {
        for (int size : new int[] {300_000, 3_000_000}) {
            String large = "[{\"a\":1},{\"b\":\"" + "x]".repeat(size / 2) + "\"}";
            StreamEnd end = new FakeCalls(HTTP, server)
                    .forward(
                            array(Chunking.byBytes(30_000), true, large + ",{\"last\":3}]"),
                            FakeCodec.of(Framing.JSON_ARRAY),
                            null);
            assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
            assertThat(FakeCalls.held(end)).isEqualTo(",{\"last\":3}]");
        }
    }

    @Test
    void sound_is_streamed_unasked_and_its_last_bytes_are_held() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        server.then((request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\ncontent-length: 6\r\n\r\nab");
            await(first);
            wire.write("cd");
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            wire.write("ef");
        });
        Answer answer = calls.send(Calls.chat(server.baseUrl()), FakeCodec.of(Framing.BYTES), null);
        CompletableFuture<StreamEnd> end =
                CompletableFuture.supplyAsync(() -> ((Answer.Streaming) answer).forward(calls.client()));
        first.countDown();

        assertThat(end.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.TERMINAL);
        assertThat(end.get().held()).isNotEmpty();
        assertThat(calls.forwarded() + FakeCalls.held(end.get())).isEqualTo("abcdef");
        assertThat(calls.client().head().headers()).extracting("value").containsExactly("audio/mpeg");
    }

    @Test
    void sound_that_breaks_off_has_no_end() {
        StreamEnd end = calls.forward(
                FakeCalls.chunked("audio/mpeg", false, List.of("abc".getBytes(UTF_8))),
                FakeCodec.of(Framing.BYTES),
                null);

        assertThat(end.reason()).isEqualTo(Reason.BROKEN);
        assertThat(end.held()).isEmpty();
    }

    @Test
    void an_event_that_may_be_the_last_goes_on_when_another_follows() {
        FakeCodec codec = FakeCodec.of(Framing.SERVER_SENT);
        String one = "data: one\n\ndata: last?\n\n";
        String two = "data: hidden\n\n: ping\n\ndata: last!\n\n";

        StreamEnd end = calls.forward(events(one + two + ": ping\n\ndata: hidden\n\n"), codec, null);

        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
        assertThat(calls.forwarded()).isEqualTo(one + ": ping\n\n");
        assertThat(FakeCalls.held(end)).isEqualTo("data: last!\n\n: ping\n\n");
        assertThat(end.metered().report().known().orElseThrow().tokens().output())
                .isEqualTo(5);
    }

    @Test
    void an_event_that_may_be_the_last_is_not_when_others_follow() {
        StreamEnd end = calls.forward(events("data: last\n\ndata: more\n\n"), FakeCodec.of(Framing.SERVER_SENT), null);

        assertThat(end.reason()).isEqualTo(Reason.NO_TERMINAL);
        assertThat(calls.forwarded()).isEqualTo("data: last\n\ndata: more\n\n");
        assertThat(end.held()).isEmpty();
    }

    @Test
    void an_event_that_may_be_the_last_goes_on_before_the_end_mark_an_error_or_a_large_one() {
        StreamEnd end = calls.forward(events("data: last\n\ndata: end\n\n"), FakeCodec.of(Framing.SERVER_SENT), null);
        assertThat(calls.forwarded()).isEqualTo("data: last\n\n");
        assertThat(FakeCalls.held(end)).isEqualTo("data: end\n\n");

        String large = "data: " + "x".repeat(200_000) + "\n\n";
        FakeCalls again = new FakeCalls(HTTP, server);
        end = again.forward(events("data: last\n\n" + large), FakeCodec.of(Framing.SERVER_SENT), null);
        assertThat(again.forwarded()).isEqualTo("data: last\n\n" + large);
        assertThat(end.reason()).isEqualTo(Reason.NO_TERMINAL);
    }

    @Test
    void an_event_that_may_be_the_last_is_not_sent_when_the_connection_breaks_after_it() {
        StreamEnd end = calls.forward(
                FakeCalls.chunked("text/event-stream", false, List.of("data: one\n\ndata: last\n\n".getBytes(UTF_8))),
                FakeCodec.of(Framing.SERVER_SENT),
                null);

        assertThat(end.reason()).isEqualTo(Reason.BROKEN);
        assertThat(calls.forwarded()).isEqualTo("data: one\n\n");
        assertThat(end.held()).isEmpty();
    }

    private static Reply events(String events) {
        return FakeCalls.chunked("text/event-stream", true, List.of(events.getBytes(UTF_8)));
    }

    private static Reply array(Chunking chunking, boolean whole, String bytes) {
        return FakeCalls.chunked(
                "application/json",
                whole,
                chunking.pieces(bytes.getBytes(UTF_8)).stream()
                        .filter(piece -> piece.length > 0)
                        .toList());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
