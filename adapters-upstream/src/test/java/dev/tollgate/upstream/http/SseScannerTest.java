package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.upstream.http.EventScanner.Found;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseScannerTest {
    private static final String EVENTS =
            "data: {\"a\":\"€😀\"}\n\n: comment\n\nevent: x\ndata: 1\ndata: 2\n\n\n\ndata:[DONE]\n\n";

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void finds_the_same_events_wherever_the_bytes_are_cut(String lineEnd) {
        byte[] bytes = EVENTS.replace("\n", lineEnd).getBytes(UTF_8);
        List<String> whole = events(bytes, new int[] {bytes.length});

        assertThat(whole).hasSize(6).element(5).isEqualTo("data:[DONE]" + lineEnd + lineEnd);
        for (int cut = 1; cut < bytes.length; cut++) {
            assertThat(events(bytes, new int[] {cut, bytes.length - cut}))
                    .as("cut at " + cut)
                    .isEqualTo(whole);
        }
        int[] singly = new int[bytes.length];
        java.util.Arrays.fill(singly, 1);
        assertThat(events(bytes, singly)).isEqualTo(whole);
    }

    @Test
    void every_byte_is_found_once_whatever_comes() {
        Random random = new Random(42);
        byte[] alphabet = "d:a \r\n\n".getBytes(UTF_8);
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = alphabet[random.nextInt(alphabet.length)];
            }
            assertThat(String.join("", events(bytes, cuts(bytes.length, random))))
                    .isEqualTo(new String(bytes, UTF_8));
        }
    }

    private static int[] cuts(int length, Random random) {
        List<Integer> cuts = new ArrayList<>();
        for (int left = length; left > 0; ) {
            int cut = 1 + random.nextInt(left);
            cuts.add(cut);
            left -= cut;
        }
        return cuts.stream().mapToInt(Integer::intValue).toArray();
    }

    @Test
    void an_event_too_large_to_hold_is_let_go_and_still_found_at_its_end() {
        SseScanner scanner = new SseScanner();
        byte[] large = ("data: " + "x".repeat(SseScanner.HELD_MAX)).getBytes(UTF_8);

        scanner.append(Unpooled.wrappedBuffer(large));
        assertThat(scanner.next()).isEqualTo(Found.NOTHING);
        assertThat(scanner.overflow()).isTrue();
        assertThat(scanner.to() - scanner.unreleasedFrom()).isEqualTo(large.length);

        scanner.append(Unpooled.wrappedBuffer("y\n\n".getBytes(UTF_8)));
        assertThat(scanner.next()).isEqualTo(Found.EVENT);
        assertThat(scanner.to() - scanner.from()).isEqualTo(large.length + 3);
        assertThat(scanner.to() - scanner.unreleasedFrom()).isEqualTo(3);
    }

    /** The texts found, the rest as the last; a late line feed belongs to what it ends. */
    private static List<String> events(byte[] bytes, int[] pieces) {
        SseScanner scanner = new SseScanner();
        List<String> events = new ArrayList<>();
        int at = 0;
        for (int piece : pieces) {
            scanner.append(Unpooled.wrappedBuffer(bytes, at, piece));
            at += piece;
            for (Found found = scanner.next(); found != Found.NOTHING; found = scanner.next()) {
                String text = text(scanner);
                if (found == Found.TRAILER) {
                    events.add(events.removeLast() + text);
                } else {
                    events.add(text);
                }
            }
            scanner.compact();
        }
        if (scanner.rest()) {
            events.add(text(scanner));
        }
        return events;
    }

    private static String text(SseScanner scanner) {
        return new String(scanner.buffer(), scanner.from(), scanner.to() - scanner.from(), UTF_8);
    }
}
