package dev.tollgate.upstream.gemini.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.Corpus;
import dev.tollgate.upstream.Corpus.Recording;
import dev.tollgate.upstream.conversation.Asked;
import dev.tollgate.upstream.conversation.FetchImages;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Told;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read from recorded answers is what stands in them. */
class GeminiCorpusTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final GeminiPlatformCodec GEMINI = new GeminiPlatformCodec(new FetchImages(HTTP));

    @AfterAll
    static void close() {
        HTTP.close();
    }

    static Stream<Recording> answers() {
        return Stream.of("gemini", "vertex")
                .flatMap(platform -> Stream.of("generateContent", "streamGenerateContent")
                        .flatMap(api -> Corpus.recordings(platform, api).stream()))
                .filter(recording -> recording.status() == 200);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("answers")
    void a_recorded_answer_is_told_as_it_was(Recording recording) {
        String body = new String(recording.body(), UTF_8);
        boolean streamed = body.startsWith("data:");
        List<String> events = List.of(body.split("(?<=\r?\n\r?\n)"));
        List<String> told = streamed
                ? Told.streamed(GEMINI.reader(Asked.of("gemini").conversation()), events)
                : Told.whole(GEMINI.reader(Asked.of("gemini").conversation()), recording.body());
        List<JsonNode> parts = parts(streamed ? body : "data:" + body.replace("\n", " "));

        assertThat(joined(told, "text: "))
                .isEqualTo(texts(parts, part -> !part.path("thought").asBoolean()));
        assertThat(joined(told, "thinking: ").replaceAll(" signed gemini/.*", ""))
                .isEqualTo(texts(parts, part -> part.path("thought").asBoolean()));
        assertThat(told.stream().filter(line -> line.startsWith("call ")).count())
                .isEqualTo(parts.stream()
                        .filter(part -> part.path("functionCall").has("name"))
                        .count());
        assertThat(told.getLast()).isIn("END", "TOOL_CALLS", "MAX_OUTPUT", "REFUSED");
    }

    private static List<JsonNode> parts(String body) {
        return Arrays.stream(body.split("\r?\n"))
                .filter(line -> line.startsWith("data:"))
                .map(line -> Json.read(line.substring(5).getBytes(UTF_8)))
                .flatMap(chunk -> chunk.at("/candidates/0/content/parts").valueStream())
                .toList();
    }

    private static String texts(List<JsonNode> parts, Predicate<JsonNode> which) {
        return parts.stream()
                .filter(which)
                .map(part -> part.path("text").asText(""))
                .collect(Collectors.joining());
    }

    private static String joined(List<String> told, String kind) {
        return told.stream()
                .filter(line -> line.startsWith(kind))
                .map(line -> line.substring(kind.length()))
                .collect(Collectors.joining());
    }
}
