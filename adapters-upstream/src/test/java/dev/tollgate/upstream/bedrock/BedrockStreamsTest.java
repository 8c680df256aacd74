package dev.tollgate.upstream.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.application.relay.StreamEnd.Reason;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.CollectingClient;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.Replies.Chunking;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.bedrock.conversation.ToldConversation;
import dev.tollgate.upstream.conversation.Asked;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BedrockStreamsTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final byte[] START = Frames.event("messageStart", "{\"role\":\"assistant\",\"p\":\"ab\"}");
    private static final byte[] TEXT = Frames.event(
            "contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hi there\"},\"p\":\"a\"}");
    private static final byte[] BLOCK_STOP = Frames.event("contentBlockStop", "{\"contentBlockIndex\":0}");
    private static final byte[] STOP = Frames.event("messageStop", "{\"stopReason\":\"end_turn\"}");
    private static final byte[] METADATA = Frames.event(
            "metadata",
            "{\"usage\":{\"inputTokens\":7,\"outputTokens\":2,\"totalTokens\":9},\"serviceTier\":{\"type\":\"flex\"}}");
    private static final byte[] THROTTLED =
            Frames.exception("throttlingException", "{\"message\":\"Too many tokens\"}");
    private static final String CLAUDE_START =
            "{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":7,\"output_tokens\":1}}}";
    private static final String CLAUDE_TEXT =
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi \\u00e9\"}  }";
    private static final String CLAUDE_STOP = "{\"type\":\"message_stop\",\"amazon-bedrock-invocationMetrics\":"
            + "{\"inputTokenCount\":7,\"outputTokenCount\":4,\"cacheReadInputTokenCount\":3}}";

    private final ScriptedUpstream server = ScriptedUpstream.start();
    private final CountDownLatch forwarded = new CountDownLatch(1);
    private final CollectingClient client = new CollectingClient() {
        @Override
        public synchronized void begin(AnswerHead begun) {
            super.begin(begun);
            forwarded.countDown();
        }
    };

    @AfterEach
    void stop() {
        server.close();
    }

    @AfterAll
    static void close() {
        HTTP.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 100_000})
    void a_conversation_ends_with_its_metadata_and_the_usage_in_it(int piece) {
        StreamEnd end = converse(Frames.joined(START, TEXT, BLOCK_STOP, STOP, METADATA), Chunking.byBytes(piece));

        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
        assertThat(told()).isEqualTo("began\nopened Text[]\ngrew Hi there\nclosed\n");
        assertThat(new String(end.held(), UTF_8)).isEqualTo("finished END null 2\n");
        assertThat(end.metered().report()).isInstanceOfSatisfying(UsageReport.Reported.class, reported -> {
            assertThat(reported.usage().tokens()).isEqualTo(TokenUsage.of(7, 2));
            assertThat(reported.usage().served()).isEqualTo(new Served("flex", null, null));
        });
        assertThat(client.head().headers()).containsExactly(new Header("content-type", "text/plain"));
    }

    @Test
    void an_exception_in_the_middle_is_an_error_and_no_end() {
        server.then(Frames.halves(Frames.joined(START, TEXT), THROTTLED, forwarded));

        StreamEnd end = forward(conversation());

        assertThat(end.reason()).isEqualTo(Reason.ERROR_EVENT);
        assertThat(end.held()).isEmpty();
        assertThat(end.fault()).isNotNull().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(Kind.RATE_LIMITED);
            assertThat(fault.scope()).isEqualTo(Fault.Scope.MODEL);
            assertThat(fault.message()).isEqualTo("429 throttlingException: Too many tokens");
        });
        assertThat(told()).doesNotContain("finished");
    }

    @Test
    void an_exception_before_anything_else_lets_another_account_be_asked() {
        server.then(Frames.reply(THROTTLED, Chunking.whole()));

        assertThat(asked(conversation())).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
            assertThat(failed.head().status()).isEqualTo(429);
            assertThat(failed.fault().kind()).isEqualTo(Kind.RATE_LIMITED);
            assertThat(failed.words()).isEqualTo("Too many tokens");
        });
    }

    @Test
    void a_damaged_frame_breaks_the_stream_once() {
        byte[] damaged = Frames.joined(START, TEXT, BLOCK_STOP, STOP, METADATA);
        damaged[START.length + TEXT.length - 10] ^= 1;

        StreamEnd end = converse(damaged, Chunking.byBytes(50));

        assertThat(end.reason()).isEqualTo(Reason.BROKEN);
        assertThat(end.held()).isEmpty();
        assertThat(told()).isEqualTo("began\n");
    }

    @Test
    void a_stream_without_metadata_has_not_ended_and_is_counted_here() {
        StreamEnd end = converse(Frames.joined(START, TEXT, BLOCK_STOP, STOP), Chunking.whole());

        assertThat(end.reason()).isEqualTo(Reason.NO_TERMINAL);
        assertThat(end.metered().flags()).containsExactly("usage_missing");
        assertThat(end.metered().report()).isInstanceOf(UsageReport.Estimated.class);
    }

    @Test
    void claudes_events_are_unwrapped_byte_for_byte_and_the_last_is_held_without_metrics() {
        String delta = "{\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"output_tokens\":5}}";

        StreamEnd end = invoke(Frames.joined(
                Frames.chunk(CLAUDE_START), Frames.chunk(CLAUDE_TEXT), Frames.chunk(delta), Frames.chunk(CLAUDE_STOP)));

        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
        assertThat(told())
                .isEqualTo("event: message_start\ndata: " + CLAUDE_START + "\n\nevent: content_block_delta\ndata: "
                        + CLAUDE_TEXT + "\n\nevent: message_delta\ndata: " + delta + "\n\n");
        assertThat(new String(end.held(), UTF_8))
                .isEqualTo("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        assertThat(tokens(end)).isEqualTo(TokenUsage.of(7, 5));
        assertThat(client.head().headers())
                .containsExactly(new Header("content-type", "text/event-stream; charset=utf-8"));
    }

    @Test
    void bedrocks_own_count_serves_where_claudes_events_tell_none() {
        StreamEnd end =
                invoke(Frames.joined(Frames.chunk(CLAUDE_START), Frames.chunk(CLAUDE_TEXT), Frames.chunk(CLAUDE_STOP)));

        assertThat(end.metered().flags()).isEmpty();
        assertThat(tokens(end).input()).isEqualTo(7);
        assertThat(tokens(end).cacheRead()).isEqualTo(3);
        assertThat(tokens(end).output()).isEqualTo(4);
    }

    @Test
    void a_chunk_nobody_can_read_breaks_the_answer() {
        byte[] broken = Frames.event("chunk", "{\"bytes\":\"!\",\"p\":\"a\"}");
        server.then(Frames.halves(Frames.chunk(CLAUDE_START), broken, forwarded));

        StreamEnd end = forward(claude());

        assertThat(end.reason()).isEqualTo(Reason.ERROR_EVENT);
        assertThat(end.fault()).isNotNull().extracting(Fault::kind).isEqualTo(Kind.BROKEN);
    }

    @Test
    void an_event_between_claudes_chunks_is_not_told() {
        StreamEnd end = invoke(Frames.joined(
                Frames.chunk(CLAUDE_TEXT), Frames.event("somethingNew", "{}"), Frames.chunk(CLAUDE_STOP)));

        assertThat(told()).isEqualTo("event: content_block_delta\ndata: " + CLAUDE_TEXT + "\n\n");
        assertThat(end.reason()).isEqualTo(Reason.TERMINAL);
    }

    @Test
    void a_refusal_of_claudes_request_carries_its_words_for_the_caller() {
        server.then(Replies.json(
                400,
                "{\"message\":\"on-demand throughput isn't supported\"}",
                Map.of("x-amzn-errortype", "ValidationException:http://internal.amazon.com/coral/")));

        assertThat(asked(claude())).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
            assertThat(failed.words()).isEqualTo("on-demand throughput isn't supported");
            assertThat(failed.fault().kind()).isEqualTo(Kind.REQUEST);
        });
    }

    private UpstreamRequest conversation() {
        return BedrockCalls.converted(
                server.baseUrl(),
                "chat",
                new ToldConversation(Asked.of("m", Asked.user("Hello")).conversation()),
                true,
                "amazon.nova-lite-v1:0");
    }

    private StreamEnd converse(byte[] stream, Chunking chunking) {
        server.then(Frames.reply(stream, chunking));
        return forward(conversation());
    }

    private StreamEnd invoke(byte[] stream) {
        server.then(Frames.reply(stream, Chunking.byBytes(29)));
        return forward(claude());
    }

    private UpstreamRequest claude() {
        return BedrockCalls.messages(server.baseUrl(), "{\"max_tokens\":5}", true, List.of());
    }

    private StreamEnd forward(UpstreamRequest request) {
        return ((Answer.Streaming) asked(request)).forward(client);
    }

    private static Answer asked(UpstreamRequest request) {
        return Calls.send(new BedrockUpstream(HTTP, InstantSource.system()).prepare(request));
    }

    private String told() {
        return new String(client.body(), UTF_8);
    }

    private static TokenUsage tokens(StreamEnd end) {
        return end.metered().report().known().orElseThrow().tokens();
    }
}
