package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.application.relay.StreamEnd.Reason;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.Replies.Chunking;
import dev.tollgate.upstream.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Answers told in another dialect than the platform's own. */
class TranslationsTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final String AMAZON = "application/vnd.amazon.eventstream";

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

    private StreamEnd forward(String events) {
        return calls.forward(Replies.stream(events), FakeCodec.of(Framing.SERVER_SENT), new FakeTranslation());
    }

    @Test
    void every_event_is_retold_and_the_end_after_it_is_metered() {
        StreamEnd end = forward(": ping\n\ndata: a\n\ndata: hidden\n\ndata: end\n\ndata: after\n\n");

        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
        assertThat(calls.forwarded()).isEqualTo("<a|1><hidden|2><end|3>");
        assertThat(FakeCalls.held(end)).isEqualTo("!3");
        assertThat(end.firstTokenAt()).isNotNull();
        assertThat(calls.client().head().headers()).containsExactly(new Header("content-type", "text/fake"));
    }

    @Test
    void what_may_be_the_last_event_is_retold_at_once_and_ends_the_stream_with_its_body() {
        StreamEnd end = forward("data: last?\n\ndata: last!\n\n: bye\n\n");

        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
        assertThat(calls.forwarded()).isEqualTo("<last?|1><last!|2>");
        assertThat(FakeCalls.held(end)).isEqualTo("!2");
    }

    @Test
    void the_last_event_may_come_without_its_blank_line() {
        StreamEnd end = forward("data: a\n\ndata: end");

        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
        assertThat(calls.forwarded()).isEqualTo("<a|1><end|2>");
    }

    @Test
    void a_stream_without_its_end_is_told_apart() {
        StreamEnd end = forward("data: a\n\ndata: b");

        assertThat(end.reason()).isEqualTo(Reason.NO_TERMINAL);
        assertThat(calls.forwarded()).isEqualTo("<a|1><b|2>");
        assertThat(end.held()).isEmpty();
    }

    @Test
    void a_stream_that_breaks_off_has_no_end() {
        StreamEnd end = calls.forward(
                FakeCalls.chunked("text/event-stream", false, List.of("data: a\n\ndata: la".getBytes(UTF_8))),
                FakeCodec.of(Framing.SERVER_SENT),
                new FakeTranslation());

        assertThat(end.reason()).isEqualTo(Reason.BROKEN);
        assertThat(calls.forwarded()).isEqualTo("<a|1>");
        assertThat(end.held()).isEmpty();
    }

    @Test
    void an_error_first_of_all_is_no_stream() {
        server.then(Replies.stream(": ping\n\ndata: boom\n\n"));

        Answer answer = calls.send(calls.streamed(), FakeCodec.of(Framing.SERVER_SENT), new FakeTranslation());

        assertThat(answer).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
            assertThat(failed.fault().kind()).isEqualTo(Kind.SERVER);
            assertThat(failed.words()).isEqualTo("in words: boom");
        });
    }

    @Test
    void an_error_later_is_not_passed_on_in_its_own_words() {
        CountDownLatch forwarding = new CountDownLatch(1);
        server.then((request, wire) -> {
            wire.write(Replies.streamHead());
            wire.chunk("data: a\n\n".getBytes(UTF_8));
            await(forwarding);
            wire.chunk("data: boom\n\n".getBytes(UTF_8));
            wire.lastChunk();
        });
        Answer answer = calls.send(calls.streamed(), FakeCodec.of(Framing.SERVER_SENT), new FakeTranslation());
        forwarding.countDown();

        StreamEnd end = ((Answer.Streaming) answer).forward(calls.client());

        assertThat(end.reason()).isEqualTo(Reason.ERROR_EVENT);
        assertThat(end.fault().kind()).isEqualTo(Kind.SERVER);
        assertThat(calls.forwarded()).isEqualTo("<a|1>");
        assertThat(end.held()).isEmpty();
    }

    @Test
    void a_large_event_is_retold_and_one_too_large_breaks_the_stream() {
        String large = "x".repeat(900_000);
        StreamEnd end = forward("data: a\n\ndata: " + large + "\n\ndata: end\n\n");
        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
        assertThat(calls.forwarded()).isEqualTo("<a|1><" + large + "|2><end|3>");

        FakeCalls again = new FakeCalls(HTTP, server);
        end = again.forward(
                Replies.stream("data: a\n\ndata: " + "x".repeat(2 * EventScanner.PARSED_MAX) + "\n\ndata: end\n\n"),
                FakeCodec.of(Framing.SERVER_SENT),
                new FakeTranslation());
        assertThat(end.reason()).isEqualTo(Reason.BROKEN);
        assertThat(end.fault().message()).contains("too large");
        assertThat(again.forwarded()).isEqualTo("<a|1>");
        assertThat(end.held()).isEmpty();
    }

    @Test
    void a_translation_that_fails_leaves_nobody_waiting() {
        StreamEnd end = calls.forward(
                Replies.stream("data: a\n\ndata: end\n\n"), FakeCodec.of(Framing.SERVER_SENT), new Failing());

        assertThat(end.reason()).isEqualTo(Reason.BROKEN);
        assertThat(end.fault().message()).contains("a bug");
        assertThat(calls.forwarded()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void amazons_events_are_read_wherever_the_bytes_are_cut(int piece) {
        byte[] stream = joined(
                event(":event-type", "messageStart", "{\"a\":1}"),
                event(":event-type", "contentBlockDelta", "€"),
                event(":event-type", "metadata", "{\"end\":1}"));

        StreamEnd end = calls.forward(
                FakeCalls.chunked(AMAZON, true, Chunking.byBytes(piece).pieces(stream)),
                FakeCodec.of(Framing.AMAZON_EVENTS),
                new FakeTranslation());

        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
        assertThat(calls.forwarded()).isEqualTo("<{\"a\":1}|1><€|2><{\"end\":1}|3>");
        assertThat(FakeCalls.held(end)).isEqualTo("!3");
    }

    @Test
    void amazons_names_and_messages_are_told_to_the_codec() {
        AmazonScanner scanner = new AmazonScanner();
        StreamEvent event = new StreamEvent();
        byte[] error = new Message(
                        Map.of(
                                ":error-code", HeaderValue.fromString("modelTimeout"),
                                ":error-message", HeaderValue.fromString("too slow")),
                        new byte[0])
                .toByteBuffer()
                .array();
        scanner.append(io.netty.buffer.Unpooled.wrappedBuffer(
                joined(event(":exception-type", "throttlingException", "{}"), error)));

        assertThat(scanner.next()).isEqualTo(EventScanner.Found.EVENT);
        scanner.read(event);
        assertThat(event.isNamed("throttlingException".getBytes(UTF_8))).isTrue();
        assertThat(event.dataEquals("{}".getBytes(UTF_8))).isTrue();
        assertThat(scanner.next()).isEqualTo(EventScanner.Found.EVENT);
        scanner.read(event);
        assertThat(event.isNamed("modelTimeout".getBytes(UTF_8))).isTrue();
        assertThat(event.dataEquals("too slow".getBytes(UTF_8))).isTrue();
        assertThat(scanner.end()).isEqualTo(EventScanner.Found.NOTHING);
    }

    @Test
    void a_damaged_amazon_message_breaks_the_stream() {
        byte[] good = event(":event-type", "messageStart", "{}");
        byte[] bad = event(":event-type", "contentBlockDelta", "{\"text\":\"hello\"}");
        for (int at = 0; at < bad.length; at++) {
            byte[] damaged = bad.clone();
            damaged[at] ^= 0x10;
            AmazonScanner scanner = new AmazonScanner();
            scanner.append(io.netty.buffer.Unpooled.wrappedBuffer(joined(good, damaged)));
            assertThat(scanner.next()).isEqualTo(EventScanner.Found.EVENT);
            EventScanner.Found found = scanner.next();
            assertThat(found == EventScanner.Found.NOTHING ? scanner.end() : found)
                    .as("byte " + at)
                    .isEqualTo(EventScanner.Found.UNREADABLE);
        }
        bad[bad.length - 1] ^= 1;

        StreamEnd end = calls.forward(
                FakeCalls.chunked(AMAZON, true, List.of(joined(good, bad))),
                FakeCodec.of(Framing.AMAZON_EVENTS),
                new FakeTranslation());

        assertThat(end.reason()).isEqualTo(Reason.BROKEN);
        assertThat(calls.forwarded()).isEqualTo("<{}|1>");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void a_damaged_first_message_is_a_failure() {
        byte[] bad = event(":event-type", "messageStart", "{}");
        bad[4] ^= 1;
        server.then(FakeCalls.chunked(AMAZON, true, List.of(bad)));

        Answer answer = calls.send(calls.streamed(), FakeCodec.of(Framing.AMAZON_EVENTS), new FakeTranslation());

        assertThat(((Answer.Failed) answer).fault().kind()).isEqualTo(Kind.BROKEN);
    }

    private static byte[] event(String header, String name, String payload) {
        return new Message(Map.of(header, HeaderValue.fromString(name)), payload.getBytes(UTF_8))
                .toByteBuffer()
                .array();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** A translation with a bug. */
    private static final class Failing implements Translation {
        private final FakeTranslation fake = new FakeTranslation();

        @Override
        public List<Header> headers() {
            return fake.headers();
        }

        @Override
        public byte[] event(StreamEvent event, dev.tollgate.domain.usage.TokenUsage known) {
            if (event.dataEquals("a".getBytes(UTF_8))) {
                throw new IllegalStateException("a bug");
            }
            return fake.event(event, known);
        }

        @Override
        public byte[] end(dev.tollgate.domain.usage.TokenUsage usage) {
            return fake.end(usage);
        }

        @Override
        public byte[] whole(byte[] body, dev.tollgate.domain.usage.TokenUsage usage) {
            return fake.whole(body, usage);
        }

        @Override
        public String words(byte[] body) {
            return fake.words(body);
        }
    }
}
