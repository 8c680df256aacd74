package dev.tollgate.upstream.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.StreamEnd;
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
import dev.tollgate.upstream.http.UpstreamHttp;
import dev.tollgate.upstream.meter.JsonTree;
import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded call of Gemini and Vertex AI passes unchanged, and its usage is read as Google means it. */
class GeminiReplayTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final String ARRAY_HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    private static final Set<String> IMAGES = Set.of("IMAGE", "VIDEO");
    private static final Set<String> SOUNDS = Set.of("AUDIO");

    @AfterAll
    static void close() {
        HTTP.close();
    }

    static Stream<Arguments> answers() {
        return Stream.of("generateContent", "countTokens", "embedContent", "batchEmbedContents")
                .flatMap(api -> recordings(api).map(recording -> Arguments.of(":" + api, recording)));
    }

    static Stream<Arguments> streams() {
        Map<String, Chunking> chunkings = new LinkedHashMap<>();
        chunkings.put("whole", Chunking.whole());
        chunkings.put("byte by byte", Chunking.byBytes(1));
        chunkings.put("at random", Chunking.random(7, 90));
        return recordings("streamGenerateContent")
                .flatMap(recording -> chunkings.entrySet().stream()
                        .map(chunking -> Arguments.of(recording, chunking.getKey(), chunking.getValue())));
    }

    private static Stream<Recording> recordings(String api) {
        return Stream.concat(Corpus.recordings("gemini", api).stream(), Corpus.recordings("vertex", api).stream());
    }

    @Test
    void the_corpus_is_there() {
        assumeTrue(Corpus.folder() != null, "skipped: no corpus beside the checkout and TOLLGATE_CORPUS is not set");
        assertThat(answers()).hasSizeGreaterThan(15);
        assertThat(streams()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest(name = "{0} {1}", allowZeroInvocations = true)
    @MethodSource("answers")
    void an_answer(String operation, Recording recording) {
        try (ScriptedUpstream server = ScriptedUpstream.start()) {
            server.then(Replies.sized(recording.status(), "application/json", recording.body(), Map.of()));
            switch (send(GeminiCalls.generate(server.baseUrl()).operation(operation, null))) {
                case Answer.Whole whole -> {
                    assertThat(whole.body()).isEqualTo(recording.body());
                    assertUsage(whole.metered().report(), operation, recording);
                }
                case Answer.Cut cut -> throw new AssertionError("nothing is cut off here");
                case Answer.Failed failed -> {
                    assertThat(failed.head().status()).isEqualTo(recording.status());
                    assertThat(failed.body()).isEqualTo(recording.body());
                    assertThat(failed.fault().kind()).isEqualTo(kind(recording.status()));
                }
                case Answer.Streaming streaming -> throw new AssertionError("nothing was asked to stream");
            }
        }
    }

    @ParameterizedTest(name = "{0}, {1}", allowZeroInvocations = true)
    @MethodSource("streams")
    void a_stream(Recording recording, String name, Chunking chunking) {
        try (ScriptedUpstream server = ScriptedUpstream.start()) {
            server.then(Replies.stream(recording.body(), chunking));
            GeminiCalls call = GeminiCalls.generate(server.baseUrl()).operation(":streamGenerateContent", "alt=sse");
            CollectingClient client = new CollectingClient();
            StreamEnd end = ((Answer.Streaming) send(call)).forward(client);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(client.body());
            all.writeBytes(end.held());
            assertThat(all.toString(UTF_8)).isEqualTo(new String(recording.body(), UTF_8));
            assertThat(end.reason()).isEqualTo(StreamEnd.Reason.TERMINAL);
            assertUsage(end.metered().report(), ":streamGenerateContent", recording);
        }
    }

    /** The same chunks as the API sends them without {@code alt=sse}: the elements of one array. */
    @ParameterizedTest(name = "{0}, {1}", allowZeroInvocations = true)
    @MethodSource("streams")
    void a_stream_in_an_array(Recording recording, String name, Chunking chunking) {
        String elements = Stream.of(new String(recording.body(), UTF_8).split("\\R\\R"))
                .map(event -> event.substring("data: ".length()))
                .collect(Collectors.joining("\n,\r\n", "[", "\n]\n"));
        try (ScriptedUpstream server = ScriptedUpstream.start()) {
            server.then((request, wire) -> {
                wire.write(ARRAY_HEAD);
                for (byte[] piece : chunking.pieces(elements.getBytes(UTF_8))) {
                    wire.chunk(piece);
                }
                wire.lastChunk();
            });
            GeminiCalls call = GeminiCalls.generate(server.baseUrl()).operation(":streamGenerateContent", null);
            CollectingClient client = new CollectingClient();
            StreamEnd end = ((Answer.Streaming) send(call)).forward(client);
            assertThat(new String(client.body(), UTF_8) + new String(end.held(), UTF_8))
                    .isEqualTo(elements);
            assertThat(new String(end.held(), UTF_8)).contains("finishReason");
            assertThat(end.reason()).isEqualTo(StreamEnd.Reason.TERMINAL);
            assertUsage(end.metered().report(), ":streamGenerateContent", recording);
        }
    }

    private static Answer send(GeminiCalls call) {
        return Calls.send(new GeminiUpstream(HTTP, InstantSource.system()).prepare(call.request()));
    }

    private static Fault.Kind kind(int status) {
        return switch (status) {
            case 404 -> Fault.Kind.REQUEST;
            case 429 -> Fault.Kind.RATE_LIMITED;
            case 503 -> Fault.Kind.OVERLOADED;
            default -> throw new AssertionError("no recording had " + status);
        };
    }

    private static void assertUsage(UsageReport report, String operation, Recording recording) {
        if (operation.equals(":countTokens")) {
            assertThat(report.known().orElseThrow().isEmpty()).isTrue();
        } else if (recording.usage().isEmpty()) {
            assertThat(report).isInstanceOf(UsageReport.Estimated.class);
        } else {
            assertThat(report)
                    .isInstanceOfSatisfying(
                            UsageReport.Reported.class,
                            reported -> assertThat(reported.usage().tokens()).isEqualTo(expected(recording.usage())));
        }
    }

    private static TokenUsage expected(Map<String, Object> usage) {
        long cached = count(usage, "cachedContentTokenCount");
        long audioIn = of(usage, "promptTokensDetails", SOUNDS) - of(usage, "cacheTokensDetails", SOUNDS);
        long imageIn = of(usage, "promptTokensDetails", IMAGES) - of(usage, "cacheTokensDetails", IMAGES);
        long prompt = count(usage, "promptTokenCount") + count(usage, "toolUsePromptTokenCount");
        return new TokenUsage(Map.of(
                TokenClass.INPUT,
                prompt - cached - audioIn - imageIn,
                TokenClass.AUDIO_INPUT,
                audioIn,
                TokenClass.IMAGE_INPUT,
                imageIn,
                TokenClass.CACHE_READ,
                cached,
                TokenClass.OUTPUT,
                count(usage, "candidatesTokenCount"),
                TokenClass.REASONING,
                count(usage, "thoughtsTokenCount")));
    }

    private static long of(Map<String, Object> usage, String details, Set<String> modalities) {
        return usage.get(details) instanceof List<?> list
                ? list.stream()
                        .map(JsonTree::object)
                        .filter(entry -> modalities.contains(entry.get("modality")))
                        .mapToLong(entry -> count(entry, "tokenCount"))
                        .sum()
                : 0;
    }

    private static long count(Map<String, Object> usage, String name) {
        return usage.get(name) instanceof Long count ? count : 0;
    }
}
