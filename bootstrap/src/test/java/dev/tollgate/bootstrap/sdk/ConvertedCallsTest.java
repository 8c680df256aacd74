package dev.tollgate.bootstrap.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.Type;
import dev.tollgate.bootstrap.server.ShapedUpstream;
import dev.tollgate.bootstrap.server.WholeServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official SDKs of Anthropic and Google, calling models that other platforms serve. */
class ConvertedCallsTest {
    private static final String GPT = "gpt-4o-mini";

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static ShapedUpstream upstream;
    private static String key;

    @BeforeAll
    static void set_up() throws IOException {
        upstream = new ShapedUpstream();
        SERVER.world().account("claude", upstream.uri(), Map.of());
        SERVER.world().account("openai", upstream.uri().resolve("/v1"), Map.of());
        key = SERVER.world().key(SERVER.world().user("ann", "10"), Map.of());
    }

    @AfterAll
    static void tear_down() {
        upstream.close();
    }

    @Test
    void answers_messages_with_openais_model() {
        Message whole = anthropic().messages().create(hello().build());
        Message streamed = accumulate(hello().build());

        for (Message answer : List.of(whole, streamed)) {
            assertThat(answer.content().get(0).asText().text()).isEqualTo("Hello there.");
            assertThat(answer.stopReason()).contains(StopReason.END_TURN);
            assertThat(answer.usage().inputTokens()).isEqualTo(8);
            assertThat(answer.usage().cacheReadInputTokens()).contains(4L);
            assertThat(answer.usage().outputTokens()).isEqualTo(5);
        }
    }

    @Test
    void calls_tools_of_messages_with_openais_model() {
        Tool weather = Tool.builder()
                .name("get_weather")
                .inputSchema(Tool.InputSchema.builder()
                        .properties(JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .build())
                .build();
        MessageCreateParams params = hello().addTool(weather).build();

        for (Message answer : List.of(anthropic().messages().create(params), accumulate(params))) {
            assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
            assertThat(answer.content().get(0).asToolUse().name()).isEqualTo("get_weather");
            assertThat(answer.content().get(0).asToolUse()._input()).isEqualTo(JsonValue.from(Map.of("city", "Paris")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GPT, "claude-sonnet-4-5"})
    void generates_content_with_other_models(String model) {
        GenerateContentConfig config = GenerateContentConfig.builder()
                .systemInstruction(Content.fromParts(Part.fromText("Be brief.")))
                .maxOutputTokens(100)
                .build();

        for (GenerateContentResponse answer : both(model, config)) {
            assertThat(answer.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
            assertThat(answer.usageMetadata().orElseThrow().candidatesTokenCount())
                    .contains(5);
            assertThat(answer.usageMetadata().orElseThrow().promptTokenCount().orElseThrow())
                    .isPositive();
        }
        assertThat(said(model, config)).isEqualTo("Hello there.");
    }

    @ParameterizedTest
    @ValueSource(strings = {GPT, "claude-sonnet-4-5"})
    void calls_functions_with_other_models(String model) {
        FunctionDeclaration weather = FunctionDeclaration.builder()
                .name("get_weather")
                .parameters(Schema.builder()
                        .type(Type.Known.OBJECT)
                        .properties(Map.of(
                                "city", Schema.builder().type(Type.Known.STRING).build()))
                        .build())
                .build();
        GenerateContentConfig config = GenerateContentConfig.builder()
                .maxOutputTokens(100)
                .tools(com.google.genai.types.Tool.builder()
                        .functionDeclarations(weather)
                        .build())
                .build();

        try (Client client = google()) {
            FunctionCall whole = client.models
                    .generateContent(model, "Weather?", config)
                    .functionCalls()
                    .get(0);
            assertThat(whole.name()).contains("get_weather");
            assertThat(whole.args()).contains(Map.of("city", "Paris"));
        }
        assertThat(streamed(model, config))
                .filteredOn(response -> response.functionCalls() != null
                        && !response.functionCalls().isEmpty())
                .singleElement()
                .satisfies(response ->
                        assertThat(response.functionCalls().get(0).args()).contains(Map.of("city", "Paris")));
    }

    /** The whole answer, and the last response of the streamed one. */
    private static List<GenerateContentResponse> both(String model, GenerateContentConfig config) {
        List<GenerateContentResponse> streamed = streamed(model, config);
        try (Client client = google()) {
            return List.of(
                    client.models.generateContent(model, "Say hello.", config), streamed.get(streamed.size() - 1));
        }
    }

    private static String said(String model, GenerateContentConfig config) {
        StringBuilder text = new StringBuilder();
        streamed(model, config).forEach(response -> text.append(response.text()));
        return text.toString();
    }

    private static List<GenerateContentResponse> streamed(String model, GenerateContentConfig config) {
        List<GenerateContentResponse> responses = new ArrayList<>();
        try (Client client = google();
                ResponseStream<GenerateContentResponse> stream =
                        client.models.generateContentStream(model, "Say hello.", config)) {
            stream.forEach(responses::add);
        }
        return responses;
    }

    private static Message accumulate(MessageCreateParams params) {
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream =
                anthropic().messages().createStreaming(params)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.message();
    }

    private static MessageCreateParams.Builder hello() {
        return MessageCreateParams.builder().model(GPT).maxTokens(100).addUserMessage("Say hello.");
    }

    private static AnthropicClient anthropic() {
        return AnthropicOkHttpClient.builder()
                .baseUrl(SERVER.uri().toString())
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    private static Client google() {
        return Client.builder()
                .apiKey(key)
                .httpOptions(
                        HttpOptions.builder().baseUrl(SERVER.uri().toString()).build())
                .build();
    }
}
