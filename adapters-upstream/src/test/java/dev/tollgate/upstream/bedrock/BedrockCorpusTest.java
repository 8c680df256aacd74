package dev.tollgate.upstream.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.CollectingClient;
import dev.tollgate.upstream.Corpus;
import dev.tollgate.upstream.Corpus.Recording;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.Replies.Chunking;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.bedrock.conversation.ToldConversation;
import dev.tollgate.upstream.conversation.Asked;
import dev.tollgate.upstream.http.UpstreamHttp;
import dev.tollgate.upstream.meter.JsonTree;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded answer of Converse and InvokeModel is read and metered as Bedrock means it, however it is cut. */
class BedrockCorpusTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final String METRICS = ",\"amazon-bedrock-invocationMetrics\":";

    @AfterAll
    static void close() {
        HTTP.close();
    }

    static Stream<Arguments> conversed() {
        return Stream.of("converse", "converse_stream").flatMap(BedrockCorpusTest::replays);
    }

    /** No call of ours leads to an embedding on Bedrock. */
    static Stream<Arguments> invoked() {
        return Stream.of("invoke_model", "invoke_model_stream")
                .flatMap(BedrockCorpusTest::replays)
                .filter(replay -> !((Recording) replay.get()[0]).usage().containsKey("inputTextTokenCount"));
    }

    private static Stream<Arguments> replays(String api) {
        Map<String, Chunking> chunkings = new LinkedHashMap<>();
        chunkings.put("whole", Chunking.whole());
        chunkings.put("byte by byte", Chunking.byBytes(1));
        chunkings.put("at random", Chunking.random(7, 90));
        return Corpus.recordings("bedrock", api).stream()
                .flatMap(recording -> chunkings.entrySet().stream()
                        .map(chunking -> Arguments.of(recording, chunking.getKey(), chunking.getValue())));
    }

    @ParameterizedTest(name = "{0}, {1}", allowZeroInvocations = true)
    @MethodSource("conversed")
    void a_conversation(Recording recording, String name, Chunking chunking) {
        ToldConversation codec =
                new ToldConversation(Asked.of("m", Asked.user("Hello")).conversation());
        replay(
                recording,
                chunking,
                base -> BedrockCalls.converted(base, "chat", codec, recording.stream(), BedrockCalls.CLAUDE),
                told -> assertThat(told).startsWith("began\nopened ").contains("\nfinished "));
    }

    @ParameterizedTest(name = "{0}, {1}", allowZeroInvocations = true)
    @MethodSource("invoked")
    void claudes_own_message(Recording recording, String name, Chunking chunking) {
        replay(
                recording,
                chunking,
                base -> BedrockCalls.messages(base, "{\"max_tokens\":5}", recording.stream(), List.of()),
                told -> assertThat(told).isEqualTo(recording.stream() ? unwrapped(recording) : text(recording)));
    }

    private interface Asking {
        UpstreamRequest at(String baseUrl);
    }

    private interface Hearing {
        void hears(String told);
    }

    private static void replay(Recording recording, Chunking chunking, Asking asking, Hearing hearing) {
        try (ScriptedUpstream server = ScriptedUpstream.start()) {
            boolean stream = recording.stream() && recording.status() == 200;
            server.then(
                    stream
                            ? Frames.reply(recording.body(), chunking)
                            : Replies.sized(recording.status(), "application/json", recording.body(), type(recording)));
            BedrockUpstream upstream = new BedrockUpstream(HTTP, InstantSource.system());
            switch (Calls.send(upstream.prepare(asking.at(server.baseUrl())))) {
                case Answer.Whole whole -> {
                    hearing.hears(new String(whole.body(), UTF_8));
                    assertUsage(whole.metered(), recording);
                }
                case Answer.Streaming streaming -> {
                    CollectingClient client = new CollectingClient();
                    StreamEnd end = streaming.forward(client);
                    assertThat(end.reason()).isEqualTo(StreamEnd.Reason.TERMINAL);
                    hearing.hears(new String(Frames.joined(client.body(), end.held()), UTF_8));
                    assertUsage(end.metered(), recording);
                }
                case Answer.Cut cut -> throw new AssertionError("nothing is cut off here");
                case Answer.Failed failed -> assertFailed(failed, recording);
            }
        }
    }

    private static Map<String, String> type(Recording recording) {
        String type = JsonTree.text(recording.headers().get("x-amzn-errortype"));
        return type.isEmpty() ? Map.of() : Map.of("x-amzn-ErrorType", type);
    }

    private static void assertFailed(Answer.Failed failed, Recording recording) {
        assertThat(recording.status()).isGreaterThanOrEqualTo(400);
        assertThat(failed.words()).isNotEmpty().isNotEqualTo(text(recording));
        assertThat(text(recording)).contains(failed.words());
        assertThat(failed.fault().kind())
                .isEqualTo(
                        switch (recording.status()) {
                            case 403 -> Fault.Kind.CREDENTIALS;
                            case 429 -> Fault.Kind.RATE_LIMITED;
                            default -> Fault.Kind.REQUEST;
                        });
    }

    private static void assertUsage(Metered metered, Recording recording) {
        assertThat(metered.flags()).isEmpty();
        assertThat(metered.report())
                .isInstanceOfSatisfying(
                        UsageReport.Reported.class,
                        reported -> assertThat(reported.usage().tokens()).isEqualTo(expected(recording.usage())));
    }

    private static TokenUsage expected(Map<String, Object> usage) {
        boolean claudes = usage.containsKey("input_tokens");
        Map<String, Object> split = JsonTree.object(usage.get("cache_creation"));
        long hour = count(split, "ephemeral_1h_input_tokens");
        return new TokenUsage(Map.of(
                TokenClass.INPUT, count(usage, claudes ? "input_tokens" : "inputTokens"),
                TokenClass.OUTPUT, count(usage, claudes ? "output_tokens" : "outputTokens"),
                TokenClass.CACHE_READ, count(usage, claudes ? "cache_read_input_tokens" : "cacheReadInputTokens"),
                TokenClass.CACHE_WRITE_1H, hour,
                TokenClass.CACHE_WRITE_5M,
                        count(usage, claudes ? "cache_creation_input_tokens" : "cacheWriteInputTokens") - hour));
    }

    private static long count(Map<String, Object> usage, String name) {
        return usage.get(name) instanceof Long count ? count : 0;
    }

    /** Anthropic's own stream, put together from the frames by other means. */
    private static String unwrapped(Recording recording) {
        StringBuilder events = new StringBuilder();
        Frames.read(recording.body()).forEach(frame -> {
            byte[] payload = frame.getPayload();
            String base64 = JsonTree.text(JsonTree.members(payload, 0, payload.length, Set.of("bytes"))
                    .get("bytes"));
            byte[] json = Base64.getDecoder().decode(base64);
            String type = JsonTree.text(
                    JsonTree.members(json, 0, json.length, Set.of("type")).get("type"));
            String text = new String(json, UTF_8);
            int metrics = text.indexOf(METRICS);
            String kept = metrics < 0 ? text : text.substring(0, metrics) + "}";
            events.append("event: ")
                    .append(type)
                    .append("\ndata: ")
                    .append(kept)
                    .append("\n\n");
        });
        return events.toString();
    }

    private static String text(Recording recording) {
        return new String(Arrays.copyOf(recording.body(), recording.body().length), UTF_8);
    }
}
