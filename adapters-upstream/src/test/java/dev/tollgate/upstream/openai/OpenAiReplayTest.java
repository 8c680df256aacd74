package dev.tollgate.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.Metered;
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
import dev.tollgate.upstream.ScriptedUpstream.Reply;
import dev.tollgate.upstream.azure.AzureEndpoint;
import dev.tollgate.upstream.http.UpstreamHttp;
import dev.tollgate.upstream.meter.JsonTree;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded answer of OpenAI's APIs, wherever they were served, passes unchanged and is metered as it is meant. */
class OpenAiReplayTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final Map<String, OpenAiApi> APIS = apis();

    @AfterAll
    static void close() {
        HTTP.close();
    }

    private static Map<String, OpenAiApi> apis() {
        Map<String, OpenAiApi> apis = new LinkedHashMap<>();
        apis.put("openai/chat_completions", OpenAiApi.CHAT);
        apis.put("openai/responses", OpenAiApi.RESPONSES);
        apis.put("openai/responses_compact", OpenAiApi.COMPACT);
        apis.put("openai/completions", OpenAiApi.COMPLETIONS);
        apis.put("openai/embeddings", OpenAiApi.EMBEDDINGS);
        apis.put("openai/images_generations", OpenAiApi.IMAGE_GENERATIONS);
        apis.put("openai/images_edits", OpenAiApi.IMAGE_EDITS);
        apis.put("openai/audio_speech", OpenAiApi.SPEECH);
        apis.put("openai/audio_transcriptions", OpenAiApi.TRANSCRIPTIONS);
        apis.put("openai/audio_translations", OpenAiApi.TRANSLATIONS);
        apis.put("openai/moderations", OpenAiApi.MODERATIONS);
        apis.put("azure-openai/chat_completions", OpenAiApi.CHAT);
        apis.put("azure-openai/responses", OpenAiApi.RESPONSES);
        apis.put("azure-openai/embeddings", OpenAiApi.EMBEDDINGS);
        apis.put("bedrock/chat_completions", OpenAiApi.CHAT);
        apis.put("bedrock/responses", OpenAiApi.RESPONSES);
        apis.put("gemini/chat_completions", OpenAiApi.CHAT);
        return apis;
    }

    static Stream<Arguments> recordings() {
        Map<String, Chunking> chunkings = new LinkedHashMap<>();
        chunkings.put("whole", Chunking.whole());
        chunkings.put("byte by byte", Chunking.byBytes(1));
        chunkings.put("at random", Chunking.random(7, 90));
        return APIS.keySet().stream()
                .flatMap(folder ->
                        Corpus.recordings(
                                        Path.of(folder).getParent().toString(),
                                        Path.of(folder).getFileName().toString())
                                .stream()
                                .flatMap(recording -> chunkings.entrySet().stream()
                                        .map(cut -> Arguments.of(folder, recording, cut.getKey(), cut.getValue()))));
    }

    @Test
    void the_corpus_is_there() {
        assumeTrue(Corpus.folder() != null, "skipped: no corpus beside the checkout and TOLLGATE_CORPUS is not set");
        assertThat(recordings().count()).isGreaterThan(300);
    }

    @ParameterizedTest(name = "{1}, {2}", allowZeroInvocations = true)
    @MethodSource("recordings")
    void an_answer(String folder, Recording recording, String name, Chunking chunking) {
        OpenAiApi api = APIS.get(folder);
        boolean streams = recording.stream() || (api == OpenAiApi.SPEECH && recording.status() == 200);
        try (ScriptedUpstream server = ScriptedUpstream.start()) {
            server.then(recording.status() == 200 && streams ? chunked(recording, chunking) : sized(recording));
            OpenAiUpstream upstream = folder.startsWith("azure")
                    ? new OpenAiUpstream(HTTP, InstantSource.system(), new AzureEndpoint())
                    : new OpenAiUpstream(HTTP, InstantSource.system());
            var call = ApiCalls.of(api, server.baseUrl()).streamed(streams);
            switch (Calls.send(upstream.prepare(call.request()))) {
                case Answer.Whole whole -> {
                    assertThat(whole.body()).isEqualTo(recording.body());
                    assertUsage(whole.metered(), recording, api);
                }
                case Answer.Streaming streaming -> assertStream(streaming, recording, api);
                case Answer.Cut cut -> throw new AssertionError("nothing is cut off here");
                case Answer.Failed failed -> assertFailed(failed, recording);
            }
        }
    }

    private static Reply chunked(Recording recording, Chunking chunking) {
        return (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\ncontent-type: " + recording.headers().get("content-type")
                    + "\r\ntransfer-encoding: chunked\r\n\r\n");
            for (byte[] piece : chunking.pieces(recording.body())) {
                wire.chunk(piece);
            }
            wire.lastChunk();
        };
    }

    private static Reply sized(Recording recording) {
        return Replies.sized(recording.status(), "application/json", recording.body(), Map.of());
    }

    private static void assertStream(Answer.Streaming streaming, Recording recording, OpenAiApi api) {
        CollectingClient client = new CollectingClient();
        StreamEnd end = streaming.forward(client);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(client.body());
        all.writeBytes(end.held());
        assertThat(all.toByteArray()).isEqualTo(withoutUsageOnly(recording, api));
        if (recording.id().contains("error")) {
            assertThat(end.reason()).isEqualTo(StreamEnd.Reason.ERROR_EVENT);
            assertThat(end.metered().report()).isInstanceOf(UsageReport.Missing.class);
        } else {
            assertThat(end.reason()).isEqualTo(StreamEnd.Reason.TERMINAL);
            assertThat(end.held()).isNotEmpty();
            assertUsage(end.metered(), recording, api);
        }
    }

    /** The caller of these tests asks for no usage: the chunk that has nothing else is taken out. */
    private static byte[] withoutUsageOnly(Recording recording, OpenAiApi api) {
        if (!api.mustBeAskedForUsage()) {
            return recording.body();
        }
        StringBuilder kept = new StringBuilder();
        for (String event : new String(recording.body(), UTF_8).split("(?<=\n\n)", -1)) {
            boolean usageOnly = event.matches("(?s).*\"choices\": ?\\[].*") && event.matches("(?s).*\"usage\": ?\\{.*");
            kept.append(usageOnly ? "" : event);
        }
        return kept.toString().getBytes(UTF_8);
    }

    private static void assertFailed(Answer.Failed failed, Recording recording) {
        Fault fault = failed.fault();
        String body = new String(recording.body(), UTF_8);
        boolean money = body.contains("insufficient_quota");
        boolean tooLarge = body.contains("Request too large for"); // of one request: the account is not at its limit
        boolean limit =
                !tooLarge && (recording.status() == 429 || recording.id().contains("rate-limit"));
        Fault.Kind kind = switch (recording.status()) {
            case 200, 429 -> money ? Fault.Kind.BALANCE : limit ? Fault.Kind.RATE_LIMITED : Fault.Kind.SERVER;
            case 401 -> Fault.Kind.CREDENTIALS;
            default -> Fault.Kind.REQUEST;
        };
        assertThat(fault.kind()).isEqualTo(kind);
        if (recording.status() != 200) {
            assertThat(failed.body()).isEqualTo(recording.body());
            assertThat(failed.head().status()).isEqualTo(recording.status());
        }
    }

    private static void assertUsage(Metered metered, Recording recording, OpenAiApi api) {
        UsageReport report = metered.report();
        boolean told = recording.usage().values().stream().anyMatch(value -> value instanceof Long count && count > 0);
        if (api == OpenAiApi.MODERATIONS) {
            assertThat(report.known().orElseThrow().isEmpty()).isTrue();
        } else if (!told) {
            assertThat(report).isInstanceOf(UsageReport.Estimated.class);
        } else {
            assertThat(report)
                    .isInstanceOfSatisfying(
                            UsageReport.Reported.class,
                            reported ->
                                    assertThat(reported.usage().tokens()).isEqualTo(expected(recording.usage(), api)));
        }
        if (api == OpenAiApi.RESPONSES || api == OpenAiApi.COMPACT) {
            assertThat(metered.created()).isNotEmpty();
        }
    }

    private static TokenUsage expected(Map<String, Object> usage, OpenAiApi api) {
        boolean chat = usage.containsKey("prompt_tokens");
        String in = chat ? "prompt" : "input";
        Map<String, Object> inside = details(usage, in);
        Map<String, Object> spent = details(usage, chat ? "completion" : "output");
        long input = count(usage, in + "_tokens");
        long output = count(usage, chat ? "completion_tokens" : "output_tokens");
        long cached = count(inside, "cached_tokens");
        long written = count(inside, "cache_write_tokens");
        long beyond = count(usage, "total_tokens") - input - output;
        long fresh = cached > input ? input : input - cached - written;
        long soundIn = count(inside, "audio_tokens");
        long imageIn = Math.min(count(inside, "image_tokens"), fresh - soundIn);
        long imageOut = count(spent, "image_tokens");
        long soundOut = api == OpenAiApi.SPEECH ? output : count(spent, "audio_tokens");
        long reasoning = count(spent, "reasoning_tokens");
        Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
        tokens.put(TokenClass.INPUT, fresh - soundIn - imageIn);
        tokens.put(TokenClass.AUDIO_INPUT, soundIn);
        tokens.put(TokenClass.IMAGE_INPUT, imageIn);
        tokens.put(TokenClass.CACHE_READ, cached);
        tokens.put(TokenClass.CACHE_WRITE_5M, written);
        tokens.put(TokenClass.OUTPUT, output - reasoning - soundOut - imageOut);
        tokens.put(TokenClass.REASONING, reasoning + Math.max(0, beyond));
        tokens.put(TokenClass.AUDIO_OUTPUT, soundOut);
        tokens.put(TokenClass.IMAGE_OUTPUT, imageOut);
        return new TokenUsage(tokens);
    }

    private static Map<String, Object> details(Map<String, Object> usage, String side) {
        return List.of(side + "_tokens_details", side + "_token_details").stream()
                .map(name -> JsonTree.object(usage.get(name)))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(Map.of());
    }

    private static long count(Map<String, Object> usage, String name) {
        return usage.get(name) instanceof Long count ? count : 0;
    }
}
