package dev.tollgate.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Deadlines;
import dev.tollgate.upstream.CollectingClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Answers of a size, a number or a depth nobody expects. */
class LargeAnswerTest extends FaultsFixture {
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
}
