package dev.tollgate.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Header;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream.Reply;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Upstreams that say more than they should, or in odd ways. */
class OddAnswerTest extends FaultsFixture {
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
        String length = "content-length: " + shape.all().length + "\r\n";
        Reply more = (request, wire) -> wire.write(Shape.joined(
                Shape.text(shape.head(length)),
                shape.all(),
                Shape.text(shape.head("content-length: 6\r\n") + "stolen")));
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
}
