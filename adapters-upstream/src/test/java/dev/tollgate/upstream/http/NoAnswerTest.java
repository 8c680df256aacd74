package dev.tollgate.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Header;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Upstreams that cannot be reached, say nothing, or refuse. */
class NoAnswerTest extends FaultsFixture {
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
}
