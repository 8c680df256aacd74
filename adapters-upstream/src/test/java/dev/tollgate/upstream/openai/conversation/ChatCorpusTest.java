package dev.tollgate.upstream.openai.conversation;

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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read from recorded chat completions is what stands in them. */
class ChatCorpusTest {
    private static final ChatPlatformCodec CHAT = new ChatPlatformCodec();

    static Stream<Recording> answers() {
        return Stream.of("openai", "azure-openai", "gemini", "bedrock")
                .flatMap(platform -> Corpus.recordings(platform, "chat_completions").stream())
                .filter(recording -> recording.status() == 200)
                .filter(recording -> !new String(recording.body(), UTF_8).contains("\"error\":{"));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("answers")
    void a_recorded_answer_is_told_as_it_was(Recording recording) {
        String body = new String(recording.body(), UTF_8);
        boolean streamed = !body.stripLeading().startsWith("{");
        List<String> told = streamed
                ? Told.streamed(CHAT.reader(Asked.of("gpt").conversation()), List.of(body.split("(?<=\n\n)")))
                : Told.whole(CHAT.reader(Asked.of("gpt").conversation()), recording.body());
        List<JsonNode> messages = messages(body, streamed ? "delta" : "message");

        assertThat(joined(told, "text: ")).isEqualTo(all(messages, message -> message.path("content")));
        assertThat(told(told)).isEqualTo(calls(messages));
        assertThat(told.getLast()).isIn("END", "TOOL_CALLS", "MAX_OUTPUT", "REFUSED");
    }

    private static List<JsonNode> messages(String body, String member) {
        return Arrays.stream(body.startsWith("{") ? new String[] {"data:" + body.replace("\n", " ")} : body.split("\n"))
                .filter(line -> line.startsWith("data:"))
                .map(line -> Json.read(line.substring(5).getBytes(UTF_8)))
                .flatMap(chunk -> StreamSupport.stream(chunk.path("choices").spliterator(), false))
                .filter(choice -> choice.path("index").asInt() == 0)
                .map(choice -> choice.path(member))
                .toList();
    }

    private static String all(List<JsonNode> messages, Function<JsonNode, JsonNode> member) {
        return messages.stream().map(member).map(text -> text.asText("")).collect(Collectors.joining());
    }

    private static String joined(List<String> told, String kind) {
        return told.stream()
                .filter(line -> line.startsWith(kind))
                .map(line -> line.substring(kind.length()))
                .collect(Collectors.joining());
    }

    private static long told(List<String> told) {
        return told.stream().filter(line -> line.startsWith("call ")).count();
    }

    private static long calls(List<JsonNode> messages) {
        return messages.stream()
                .flatMap(message ->
                        StreamSupport.stream(message.path("tool_calls").spliterator(), false))
                .filter(call -> call.path("function").has("name"))
                .count();
    }
}
