package dev.tollgate.bootstrap.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.Part;
import dev.tollgate.web.relay.gemini.content.ContentCodec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the official Google SDK makes of another platform's answer. */
class ToldContentTest {
    private static final String REQUEST = "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],"
            + "\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}}";

    @Test
    void reads_a_whole_answer() {
        check(List.of(GenerateContentResponse.fromJson(ToldAnswers.whole(new ContentCodec(), REQUEST))));
    }

    @Test
    void reads_a_streamed_answer() {
        check(ToldAnswers.streamed(new ContentCodec(), REQUEST).stream()
                .map(GenerateContentResponse::fromJson)
                .toList());
    }

    private static void check(List<GenerateContentResponse> responses) {
        List<Part> parts = responses.stream()
                .flatMap(response -> response.parts().stream())
                .toList();
        String thoughts = parts.stream()
                .filter(part -> part.thought().orElse(false))
                .map(part -> part.text().orElse(""))
                .collect(Collectors.joining());
        String text = parts.stream()
                .filter(part -> !part.thought().orElse(false))
                .map(part -> part.text().orElse(""))
                .collect(Collectors.joining());
        List<FunctionCall> calls =
                parts.stream().flatMap(part -> part.functionCall().stream()).toList();
        assertThat(thoughts).isEqualTo("Hm.");
        assertThat(parts.stream().filter(part -> part.thoughtSignature().isPresent()))
                .hasSize(2);
        assertThat(text).isEqualTo("Let me see.");
        assertThat(calls).extracting(call -> call.name().orElse("")).containsExactly("weather", "time");
        assertThat(calls).extracting(call -> call.id().orElse("")).containsExactly("call_1", "call:2");
        assertThat(calls.get(0).args()).contains(Map.of("city", "Rome"));

        GenerateContentResponse last = responses.get(responses.size() - 1);
        assertThat(last.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
        GenerateContentResponseUsageMetadata usage = last.usageMetadata().orElseThrow();
        assertThat(usage.promptTokenCount()).contains(33);
        assertThat(usage.cachedContentTokenCount()).contains(20);
        assertThat(usage.candidatesTokenCount()).contains(5);
        assertThat(usage.thoughtsTokenCount()).contains(6);
        assertThat(usage.totalTokenCount()).contains(44);
    }
}
