package dev.tollgate.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.Corpus.Recording;
import dev.tollgate.upstream.Replies.Chunking;
import dev.tollgate.upstream.anthropic.AnthropicUpstream;
import dev.tollgate.upstream.http.UpstreamHttp;
import dev.tollgate.upstream.meter.JsonTree;
import dev.tollgate.upstream.openai.OpenAiUpstream;
import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded chat completion and message passes unchanged, and its usage is read as its provider means it. */
class CorpusReplayTest {
    private static final UpstreamHttp HTTP = Calls.http();

    @AfterAll
    static void close() {
        HTTP.close();
    }

    static Map<String, Chunking> chunkings() {
        Map<String, Chunking> chunkings = new LinkedHashMap<>();
        chunkings.put("whole", Chunking.whole());
        chunkings.put("byte by byte", Chunking.byBytes(1));
        chunkings.put("at random", Chunking.random(7, 90));
        return chunkings;
    }

    static Stream<Arguments> chats() {
        return replays("openai", "chat_completions");
    }

    static Stream<Arguments> messages() {
        return replays("anthropic", "messages");
    }

    private static Stream<Arguments> replays(String platform, String api) {
        List<Recording> recordings = Corpus.recordings(platform, api);
        return recordings.stream()
                .flatMap(recording -> chunkings().entrySet().stream()
                        .map(chunking -> Arguments.of(recording, chunking.getKey(), chunking.getValue())));
    }

    @Test
    void the_corpus_is_there() {
        assumeTrue(Corpus.folder() != null, "skipped: no corpus beside the checkout and TOLLGATE_CORPUS is not set");
        assertThat(Corpus.recordings("openai", "chat_completions")).hasSizeGreaterThan(20);
        assertThat(Corpus.recordings("anthropic", "messages")).hasSizeGreaterThan(40);
    }

    @ParameterizedTest(name = "{0}, {1}", allowZeroInvocations = true)
    @MethodSource("chats")
    void a_chat_completion(Recording recording, String name, Chunking chunking) {
        OpenAiUpstream upstream = new OpenAiUpstream(HTTP, InstantSource.system());
        replay(recording, chunking, Calls::chat, upstream::prepare, CorpusReplayTest::chatUsage);
    }

    @ParameterizedTest(name = "{0}, {1}", allowZeroInvocations = true)
    @MethodSource("messages")
    void a_message(Recording recording, String name, Chunking chunking) {
        AnthropicUpstream upstream = new AnthropicUpstream(HTTP, InstantSource.system());
        replay(recording, chunking, Calls::messages, upstream::prepare, CorpusReplayTest::messagesUsage);
    }

    private static void replay(
            Recording recording,
            Chunking chunking,
            Function<String, Calls> calls,
            Function<UpstreamRequest, Prepared> upstream,
            Function<Map<String, Object>, TokenUsage> expected) {
        try (ScriptedUpstream server = ScriptedUpstream.start()) {
            server.then(
                    recording.stream() && recording.status() == 200
                            ? Replies.stream(recording.body(), chunking)
                            : Replies.sized(recording.status(), "application/json", recording.body(), Map.of()));
            Calls call = calls.apply(server.baseUrl());
            switch (Calls.send(upstream.apply((recording.stream() ? call.streamed() : call).request()))) {
                case Answer.Whole whole -> {
                    assertThat(whole.body()).isEqualTo(recording.body());
                    assertUsage(whole.metered().report(), recording, expected);
                }
                case Answer.Streaming streaming -> {
                    CollectingClient client = new CollectingClient();
                    StreamEnd end = streaming.forward(client);
                    ByteArrayOutputStream all = new ByteArrayOutputStream();
                    all.writeBytes(client.body());
                    all.writeBytes(end.held());
                    assertThat(all.toString(UTF_8)).isEqualTo(withoutUsageOnly(recording));
                    assertThat(end.reason()).isEqualTo(StreamEnd.Reason.TERMINAL);
                    assertUsage(end.metered().report(), recording, expected);
                }
                case Answer.Cut cut -> throw new AssertionError("nothing is cut off here");
                case Answer.Failed failed -> {
                    boolean errorInside = recording.status() == 200;
                    assertThat(errorInside).isEqualTo(recording.id().contains("stream"));
                    if (failed.fault().kind() == Fault.Kind.REQUEST) {
                        assertThat(failed.body()).isEqualTo(recording.body());
                        assertThat(failed.head().status()).isEqualTo(recording.status());
                    }
                }
            }
        }
    }

    /** The caller of these tests asks for no usage: the chunk that has nothing else is taken out. */
    private static String withoutUsageOnly(Recording recording) {
        StringBuilder kept = new StringBuilder();
        for (String event : new String(recording.body(), UTF_8).split("(?<=\n\n)", -1)) {
            boolean usageOnly = event.contains("\"choices\":[]") && event.contains("\"usage\":{");
            kept.append(usageOnly ? "" : event);
        }
        return kept.toString();
    }

    private static void assertUsage(
            UsageReport report, Recording recording, Function<Map<String, Object>, TokenUsage> expected) {
        if (recording.usage().isEmpty()) {
            assertThat(report).isInstanceOf(UsageReport.Estimated.class);
            return;
        }
        assertThat(report)
                .isInstanceOfSatisfying(
                        UsageReport.Reported.class,
                        reported -> assertThat(classes(reported.usage())).isEqualTo(expected.apply(recording.usage())));
    }

    private static TokenUsage classes(Usage usage) {
        return usage.tokens();
    }

    private static TokenUsage chatUsage(Map<String, Object> usage) {
        Map<String, Object> in = JsonTree.object(usage.get("prompt_tokens_details"));
        Map<String, Object> out = JsonTree.object(usage.get("completion_tokens_details"));
        long cached = count(in, "cached_tokens");
        long written = count(in, "cache_write_tokens");
        long audio = count(in, "audio_tokens");
        long reasoning = count(out, "reasoning_tokens");
        long spokenAloud = count(out, "audio_tokens");
        return new TokenUsage(Map.of(
                TokenClass.INPUT, count(usage, "prompt_tokens") - cached - written - audio,
                TokenClass.AUDIO_INPUT, audio,
                TokenClass.CACHE_READ, cached,
                TokenClass.CACHE_WRITE_5M, written,
                TokenClass.OUTPUT, count(usage, "completion_tokens") - reasoning - spokenAloud,
                TokenClass.REASONING, reasoning,
                TokenClass.AUDIO_OUTPUT, spokenAloud));
    }

    private static TokenUsage messagesUsage(Map<String, Object> usage) {
        if (usage.get("iterations") instanceof List<?> iterations) {
            return iterations.stream()
                    .map(iteration -> messagesPass(JsonTree.object(iteration)))
                    .reduce(TokenUsage.NONE, TokenUsage::plus);
        }
        return messagesPass(usage);
    }

    private static TokenUsage messagesPass(Map<String, Object> usage) {
        Map<String, Object> split = JsonTree.object(usage.get("cache_creation"));
        long hour = count(split, "ephemeral_1h_input_tokens");
        long thinking = count(JsonTree.object(usage.get("output_tokens_details")), "thinking_tokens");
        return new TokenUsage(Map.of(
                TokenClass.INPUT,
                count(usage, "input_tokens"),
                TokenClass.CACHE_READ,
                count(usage, "cache_read_input_tokens"),
                TokenClass.CACHE_WRITE_1H,
                hour,
                TokenClass.CACHE_WRITE_5M,
                count(usage, "cache_creation_input_tokens") - hour,
                TokenClass.OUTPUT,
                count(usage, "output_tokens") - thinking,
                TokenClass.REASONING,
                thinking));
    }

    private static long count(Map<String, Object> usage, String name) {
        return usage.get(name) instanceof Long count ? count : 0;
    }
}
