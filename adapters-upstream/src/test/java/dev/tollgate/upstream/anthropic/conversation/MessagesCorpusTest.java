package dev.tollgate.upstream.anthropic.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.upstream.Corpus;
import dev.tollgate.upstream.Corpus.Recording;
import dev.tollgate.upstream.conversation.Asked;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Told;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read from recorded messages is what stands in them. */
class MessagesCorpusTest {
    private static final MessagesPlatformCodec MESSAGES = new MessagesPlatformCodec();

    static Stream<Recording> answers() {
        return Corpus.recordings("anthropic", "messages").stream()
                .filter(recording -> recording.status() == 200)
                .filter(recording -> !recording.id().contains("error"));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("answers")
    void a_recorded_answer_is_told_as_it_was(Recording recording) {
        String body = new String(recording.body(), UTF_8);
        boolean streamed = !body.stripLeading().startsWith("{");
        List<JsonNode> data = streamed ? data(body) : List.of(Json.read(recording.body()));
        List<String> told = streamed
                ? Told.streamed(MESSAGES.reader(Asked.of("claude").conversation()), List.of(body.split("(?<=\n\n)")))
                : Told.whole(MESSAGES.reader(Asked.of("claude").conversation()), recording.body());

        assertThat(texts(told, "text: "))
                .isEqualTo(streamed ? pieces(data, "text_delta", "text") : blocks(data, "text"));
        assertThat(told.stream().filter(line -> line.startsWith("call ")).count())
                .isEqualTo(tools(data));
        assertThat(told.getLast()).isEqualTo(stop(data, told.getLast()));
    }

    private static List<JsonNode> data(String body) {
        return Arrays.stream(body.split("\n"))
                .filter(line -> line.startsWith("data:"))
                .map(line -> Json.read(line.substring(5).getBytes(UTF_8)))
                .toList();
    }

    private static String texts(List<String> told, String kind) {
        return String.join(
                "",
                told.stream()
                        .filter(line -> line.startsWith(kind))
                        .map(line -> line.substring(kind.length()))
                        .toList());
    }

    private static String pieces(List<JsonNode> data, String type, String member) {
        return String.join(
                "",
                data.stream()
                        .map(event -> event.path("delta"))
                        .filter(delta -> delta.path("type").asText().equals(type))
                        .map(delta -> delta.path(member).asText())
                        .toList());
    }

    private static String blocks(List<JsonNode> data, String type) {
        return String.join(
                "",
                StreamSupport.stream(data.getFirst().path("content").spliterator(), false)
                        .filter(block -> block.path("type").asText().equals(type))
                        .map(block -> block.path(type).asText())
                        .toList());
    }

    private static long tools(List<JsonNode> data) {
        return data.stream()
                .flatMap(node -> node.findValues("type").stream())
                .filter(type -> type.asText().equals("tool_use"))
                .count();
    }

    private static String stop(List<JsonNode> data, String told) {
        String reason = data.stream()
                .flatMap(node -> node.findValues("stop_reason").stream())
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .reduce("", (first, last) -> last);
        return switch (reason) {
            case "end_turn" -> "END";
            case "tool_use" -> "TOOL_CALLS";
            case "max_tokens" -> "MAX_OUTPUT";
            case "refusal" -> "REFUSED";
            case "pause_turn", "compaction" -> "PAUSED";
            case "stop_sequence" -> told.startsWith("STOP_SEQUENCE ") ? told : "a met stop sequence";
            default -> "unknown reason " + reason;
        };
    }
}
