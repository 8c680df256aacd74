package dev.tollgate.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.Deadlines;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.CollectingClient;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.ScriptedUpstream.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * What upstreams and networks do wrong, for every shape of answer. After each the next call is answered well, on a
 * connection of its own unless the one before was left clean, and at last no connection is open.
 */
class FaultsTest {
    private static final Deadlines HASTY = new Deadlines(
            Duration.ofSeconds(2),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofSeconds(20),
            Duration.ofMillis(300));

    private final UpstreamHttp http = Calls.http();
    private final ScriptedUpstream server = ScriptedUpstream.start();
    private CollectingClient client = new CollectingClient();
    private AnswerHead head;
    private int heldLength;

    @AfterEach
    void the_pool_is_empty_once_the_server_is_gone() {
        server.close();
        for (int round = 0; round < 500 && http.openConnections() > 0; round++) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(http.openConnections()).isZero();
        http.close();
    }

    // ---- no answer ----

    @ParameterizedTest
    @EnumSource
    void nothing_listening_an_unknown_host_and_no_tls_are_failures_to_connect(Shape shape) throws IOException {
        String tls = server.baseUrl().replace("http:", "https:");

        assertThat(sent(shape, tls, Calls.PATIENT)).isEqualTo("failed CONNECT");
        assertThat(sent(shape, "http://host.invalid", Calls.PATIENT)).isEqualTo("failed CONNECT");
        try (Socket deaf = new Socket()) { // keeps the port from others, and does not listen
            deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String url = "http://127.0.0.1:" + deaf.getLocalPort();
            assertThat(sent(shape, url, Calls.PATIENT)).isEqualTo("failed CONNECT");
        }
    }

    @ParameterizedTest
    @EnumSource
    void silence_before_any_answer_is_a_time_out(Shape shape) {
        assertThat(answered(shape, HASTY, Replies.hang())).isEqualTo("failed TIMEOUT");
        assertNextIsGood(shape, 2);
    }

    @ParameterizedTest
    @EnumSource
    void a_head_that_drips_is_a_time_out(Shape shape) {
        assertThat(answered(shape, HASTY, (request, wire) -> {
                    for (char letter : (shape.head("") + "x".repeat(100)).toCharArray()) {
                        wire.write(String.valueOf(letter));
                        LockSupport.parkNanos(20_000_000);
                    }
                }))
                .isEqualTo("failed TIMEOUT");
        assertNextIsGood(shape, 2);
    }

    @ParameterizedTest
    @EnumSource
    void a_flood_of_interim_answers_is_broken_off(Shape shape) {
        Reply flood = (request, wire) -> {
            wire.write("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(10_000));
            shape.good().answer(request, wire);
        };
        assertThat(answered(shape, flood)).isEqualTo("failed BROKEN");
        assertNextIsGood(shape, 2);
    }

    @ParameterizedTest
    @EnumSource
    void a_reset_before_the_head_leaves_it_unknown_what_was_done(Shape shape) {
        assertThat(answered(shape, Replies.reset())).isEqualTo("failed UNKNOWN");
        assertNextIsGood(shape, 2);
    }

    @ParameterizedTest
    @EnumSource
    void an_error_has_any_body(Shape shape) {
        for (int status : new int[] {307, 400, 404, 429, 500, 529}) {
            for (byte[] body :
                    List.of(Shape.text("<html>"), new byte[0], Shape.text("{\"error\":1}"), new byte[10_000_000])) {
                Reply reply = Replies.sized(
                        status, "text/html", body, Map.of("location", "http://127.0.0.1:1/", "set-cookie", "a=b"));
                assertThat(answered(shape, reply)).isEqualTo("failed SERVER");
                assertThat(head.headers()).extracting(Header::name).containsOnly("content-type");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_compressed_answer_was_not_asked_for(Shape shape) {
        for (String coding : List.of("gzip", "br", "zstd", "deflate", "gzip, identity")) {
            server.then((request, wire) -> {
                wire.write(shape.head("content-encoding: " + coding + "\r\ncontent-length: 4\r\n"));
                wire.write("bomb");
            });
            assertThat(sent(shape, server.baseUrl(), Calls.PATIENT)).isEqualTo("failed BROKEN");
        }
        assertNextIsGood(shape, 6);
    }

    // ---- half an answer ----

    @ParameterizedTest
    @EnumSource
    void silence_after_the_head_is_a_time_out(Shape shape) {
        assertThat(answered(shape, HASTY, (request, wire) -> {
                    wire.write(shape.chunkedHead());
                    wire.hang();
                }))
                .isEqualTo("failed TIMEOUT");
        assertNextIsGood(shape, 2);
    }

    @ParameterizedTest
    @EnumSource
    void silence_in_the_middle_is_a_time_out(Shape shape) {
        assertThat(answered(shape, HASTY, (request, wire) -> {
                    wire.write(shape.chunkedHead());
                    wire.chunk(shape.first());
                    wire.hang();
                }))
                .isEqualTo(shape.isWhole() ? "failed TIMEOUT" : "stream TIMEOUT");
        assertNextIsGood(shape, 2);
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_that_breaks_after_the_head_is_a_failure(Shape shape) {
        assertThat(answered(shape, shape.brokenOff())).isEqualTo("failed BROKEN");
        assertNextIsGood(shape, 2);
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_that_breaks_between_events_is_told(Shape shape) {
        assertThat(answered(shape, shape.brokenOff(shape.first(), shape.second())))
                .isEqualTo(shape.isWhole() ? "failed BROKEN" : "stream BROKEN");
        assertNextIsGood(shape, 2);
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_that_breaks_inside_an_event_or_a_chunk_is_told(Shape shape) {
        byte[] half = Arrays.copyOf(shape.second(), shape.second().length / 2);
        String expected = shape.isWhole() ? "failed BROKEN" : "stream BROKEN";

        assertThat(answered(shape, shape.brokenOff(shape.first(), half))).isEqualTo(expected);
        assertThat(answered(shape, (request, wire) -> {
                    wire.write(shape.chunkedHead());
                    wire.chunk(shape.first());
                    wire.write("ff\r\n");
                    wire.write(half);
                    wire.reset();
                }))
                .isEqualTo(expected);
        assertNextIsGood(shape, 3);
    }

    @ParameterizedTest
    @EnumSource
    void a_length_that_promises_more_than_there_is_is_told(Shape shape) {
        assertThat(answered(shape, (request, wire) -> {
                    wire.write(shape.head("content-length: 1000\r\n"));
                    wire.write(shape.first());
                    wire.write(shape.second());
                    wire.close();
                }))
                .isEqualTo(shape.isWhole() ? "failed BROKEN" : "stream BROKEN");
        assertNextIsGood(shape, 2);
    }

    @ParameterizedTest
    @EnumSource
    void a_clean_end_without_the_terminal_event_is_told_apart(Shape shape) {
        byte[] end = Shape.text(shape == Shape.ARRAY ? "]" : "");
        String outcome = answered(shape, (request, wire) -> {
            wire.write(shape.head(
                    "content-length: " + (shape.first().length + shape.second().length + end.length) + "\r\n"));
            wire.write(shape.first());
            wire.write(shape.second());
            wire.write(end);
        });

        assertThat(outcome)
                .isEqualTo(
                        switch (shape) {
                            case WHOLE -> "whole";
                            case SOUND -> "stream TERMINAL";
                            case EVENTS, ARRAY, AMAZON -> "stream NO_TERMINAL";
                        });
        assertNextIsGood(shape, 1);
    }

    // ---- too much ----

    @ParameterizedTest
    @EnumSource
    void the_end_told_twice_is_one_end(Shape shape) {
        assertThat(answered(shape, shape.chunks(shape.first(), shape.last(), shape.last())))
                .isEqualTo(shape.isWhole() ? "whole" : "stream TERMINAL");
        assertNextIsGood(shape, 1);
    }

    @ParameterizedTest
    @EnumSource
    void bytes_after_the_answer_are_nobodys(Shape shape) {
        Reply more = (request, wire) -> {
            shape.good().answer(request, wire);
            wire.write(shape.head("content-length: 6\r\n") + "stolen");
        };
        assertThat(answered(shape, more)).isEqualTo(shape.isWhole() ? "whole" : "stream TERMINAL");
        assertNextIsGood(shape, 2);
    }

    @ParameterizedTest
    @EnumSource
    void a_length_that_promises_less_than_there_is_leaves_no_clean_connection(Shape shape) {
        int length = shape.first().length + shape.second().length;
        String outcome = answered(
                shape,
                (request, wire) -> wire.write(
                        Shape.joined(Shape.text(shape.head("content-length: " + length + "\r\n")), shape.all())));

        assertThat(outcome).isIn("whole", "stream TERMINAL", "stream NO_TERMINAL", "stream BROKEN");
        assertNextIsGood(shape, 2);
    }

    @Test
    void bytes_that_come_while_nothing_is_asked_spoil_the_connection() throws Exception {
        java.util.concurrent.CountDownLatch written = new java.util.concurrent.CountDownLatch(1);
        Reply late = (request, wire) -> {
            Shape.WHOLE.good().answer(request, wire);
            LockSupport.parkNanos(100_000_000);
            wire.write("HTTP/1.1 200 OK\r\nx-half: ");
            written.countDown();
        };
        assertThat(answered(Shape.WHOLE, late)).isEqualTo("whole");
        assertThat(written.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        LockSupport.parkNanos(100_000_000);
        assertNextIsGood(Shape.WHOLE, 2);
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_split_at_every_byte_is_the_same(Shape shape) {
        Reply bytes =
                shape.chunks(Replies.Chunking.byBytes(1).pieces(shape.all()).toArray(byte[][]::new));

        assertThat(answered(shape, bytes)).isEqualTo(shape.isWhole() ? "whole" : "stream TERMINAL");
        assertNextIsGood(shape, 1);
    }

    @ParameterizedTest
    @EnumSource
    void trailers_are_passed_over(Shape shape) {
        assertThat(answered(shape, (request, wire) -> {
                    wire.write(shape.chunkedHead());
                    wire.chunk(shape.all());
                    wire.write("0\r\nset-cookie: a=b\r\nx-checksum: 1\r\n\r\n");
                }))
                .isEqualTo(shape.isWhole() ? "whole" : "stream TERMINAL");
        assertNextIsGood(shape, 1);
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_may_end_with_its_connection(Shape shape) {
        assertThat(answered(shape, (request, wire) -> {
                    wire.write(shape.head(""));
                    wire.write(shape.all());
                    wire.close();
                }))
                .isEqualTo(shape.isWhole() ? "whole" : "stream TERMINAL");
        assertNextIsGood(shape, 2);
    }

    @ParameterizedTest
    @EnumSource
    void no_cookie_and_no_limit_of_a_shared_account_is_seen(Shape shape) {
        assertThat(answered(shape, (request, wire) -> {
                    wire.write(shape.head("set-cookie: a=b\r\nx-ratelimit-remaining-requests: 1\r\nserver: x\r\n"
                            + "content-length: " + shape.all().length + "\r\n"));
                    wire.write(shape.all());
                }))
                .isEqualTo(shape.isWhole() ? "whole" : "stream TERMINAL");
        assertThat(head.headers()).extracting(Header::name).containsExactly("content-type");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "AMAZON")
    void one_line_without_end_is_never_built(Shape shape) {
        long size = 64L * 1024 * 1024;
        byte[] piece = new byte[256 * 1024];
        Arrays.fill(piece, (byte) 'x');
        CountingClient counting = new CountingClient();
        client = counting;
        byte[] open = Shape.text(
                switch (shape) {
                    case WHOLE -> "{\"x\":\"";
                    case EVENTS -> "data: ";
                    case ARRAY -> ",{\"x\":\"";
                    case AMAZON, SOUND -> "";
                });
        byte[] shut = Shape.text(
                switch (shape) {
                    case WHOLE, ARRAY -> "\"}";
                    case EVENTS -> "\n\n";
                    case AMAZON, SOUND -> "";
                });
        String outcome = answered(shape, (request, wire) -> {
            wire.write(shape.chunkedHead());
            wire.chunk(Shape.joined(shape.first(), open));
            for (long sent = 0; sent < size; sent += piece.length) {
                wire.chunk(piece);
            }
            wire.chunk(Shape.joined(shut, shape.last()));
            wire.lastChunk();
        });

        assertThat(outcome).isEqualTo(shape.isWhole() ? "failed BROKEN" : "stream TERMINAL");
        if (!shape.isWhole()) {
            assertThat(counting.count() + heldLength).isBetween(size, size + 100);
        }
        assertNextIsGood(shape, shape.isWhole() ? 2 : 1);
    }

    @Test
    void a_message_that_says_it_is_huge_is_not_waited_for() {
        byte[] huge = Shape.message("x");
        huge[0] = 0x40;

        assertThat(answered(Shape.AMAZON, (request, wire) -> {
                    wire.write(Shape.AMAZON.chunkedHead());
                    wire.chunk(Shape.joined(Shape.AMAZON.first(), huge));
                    wire.hang();
                }))
                .isEqualTo("stream BROKEN");
        assertNextIsGood(Shape.AMAZON, 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENTS", "ARRAY", "AMAZON"})
    void a_million_tiny_events_pass(Shape shape) {
        byte[] tiny = switch (shape) {
            case EVENTS -> Shape.text("data:\n\n");
            case ARRAY -> Shape.text(",{}");
            case AMAZON -> Shape.message("");
            case WHOLE, SOUND -> throw new IllegalStateException("no events");
        };
        int perBurst = shape == Shape.AMAZON ? 1_000 : 10_000; // Amazon's are not so tiny
        byte[] many = new byte[tiny.length * perBurst];
        for (int event = 0; event < perBurst; event++) {
            System.arraycopy(tiny, 0, many, event * tiny.length, tiny.length);
        }
        client = new CountingClient();

        assertThat(answered(shape, (request, wire) -> {
                    wire.write(shape.chunkedHead());
                    wire.chunk(shape.first());
                    for (int burst = 0; burst < 100; burst++) {
                        wire.chunk(many);
                    }
                    wire.chunk(shape.last());
                    wire.lastChunk();
                }))
                .isEqualTo("stream TERMINAL");
        assertNextIsGood(shape, 1);
    }

    @Test
    void pings_alone_keep_no_call_waiting_for_ever() {
        Deadlines brief = new Deadlines(
                HASTY.connect(), HASTY.firstByte(), HASTY.silence(), Duration.ofMillis(900), HASTY.drain());
        String outcome = answered(Shape.EVENTS, brief, (request, wire) -> {
            wire.write(Shape.EVENTS.chunkedHead());
            for (int ping = 0; ping < 100; ping++) {
                wire.chunk(Shape.text(": ping\n\n"));
                LockSupport.parkNanos(50_000_000);
            }
        });

        assertThat(outcome).isEqualTo("failed TIMEOUT");
    }

    @Test
    void brackets_a_hundred_thousand_deep_and_brackets_that_do_not_match_do_no_harm() {
        byte[] deep = Shape.text(",{\"deep\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        assertThat(answered(Shape.ARRAY, Shape.ARRAY.chunks(Shape.ARRAY.first(), deep, Shape.ARRAY.last())))
                .isEqualTo("stream TERMINAL");
        for (String garbage : List.of(",{]}", ",}}}}", ",\"", ",{\"a\":}", ",,,,", "]]]]", ",nul", ",{{{{", "\\\"")) {
            client = new CollectingClient();
            assertThat(answered(
                            Shape.ARRAY,
                            Shape.ARRAY.chunks(Shape.ARRAY.first(), Shape.text(garbage), Shape.ARRAY.last())))
                    .as(garbage)
                    .startsWith("stream ");
        }
    }

    // ---- how it is seen ----

    private String answered(Shape shape, Reply reply) {
        return answered(shape, Calls.PATIENT, reply);
    }

    private String answered(Shape shape, Deadlines deadlines, Reply reply) {
        server.then(reply);
        return sent(shape, server.baseUrl(), deadlines);
    }

    private String sent(Shape shape, String url, Deadlines deadlines) {
        HttpCall call = new HttpCall(Origin.of(url), null, "/v1/fake", List.of(), Shape.text("{}"));
        Answer answer =
                http.send(call, shape.calls(url).deadlines(deadlines).request(), shape.codec(), shape.translation());
        return switch (answer) {
            case Answer.Whole whole -> {
                head = whole.head();
                yield "whole";
            }
            case Answer.Failed failed -> {
                head = failed.head();
                yield "failed " + failed.fault().kind();
            }
            case Answer.Streaming streaming -> {
                StreamEnd end = streaming.forward(client);
                head = client.head();
                heldLength = end.held().length;
                yield "stream " + end.reason();
            }
        };
    }

    /** The next call is answered well; {@code connections} have been made by then. */
    private void assertNextIsGood(Shape shape, int connections) {
        CollectingClient before = client;
        int forwarded = before.body().length;
        client = new CollectingClient();

        assertThat(answered(shape, shape.good())).isEqualTo(shape.isWhole() ? "whole" : "stream TERMINAL");
        assertThat(server.connections()).as("connections").isEqualTo(connections);
        assertThat(before.body()).as("bytes after the end").hasSize(forwarded);
    }
}
