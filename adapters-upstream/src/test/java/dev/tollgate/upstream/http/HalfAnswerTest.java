package dev.tollgate.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Upstreams and networks that stop in the middle. */
class HalfAnswerTest extends FaultsFixture {
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
}
