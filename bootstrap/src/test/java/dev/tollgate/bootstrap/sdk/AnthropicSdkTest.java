package dev.tollgate.bootstrap.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.models.ModelInfo;
import com.anthropic.models.models.ModelListParams;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.ShapedUpstream;
import dev.tollgate.bootstrap.server.WholeServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The official Anthropic SDK, with only its base URL and key changed. */
class AnthropicSdkTest {
    private static final String MODEL = "claude-sonnet-4-5";

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static ShapedUpstream upstream;
    private static String key;

    @BeforeAll
    static void set_up() throws IOException {
        upstream = new ShapedUpstream();
        SERVER.world().account("claude", upstream.uri(), Map.of());
        SERVER.world().model("fail-400", "claude", "1", "2");
        SERVER.world().model("fail-529", "claude", "1", "2");
        key = SERVER.world().key(SERVER.world().user("ann", "10"), Map.of());
    }

    @AfterAll
    static void tear_down() {
        upstream.close();
    }

    @Test
    void answers_a_plain_call() {
        Message answer = client(key).messages().create(hello(MODEL).build());

        assertThat(answer.content().get(0).asText().text()).isEqualTo("Hello there.");
        assertThat(answer.usage().inputTokens()).isEqualTo(12);
        assertThat(newestRecord().get("input_tokens").asLong()).isEqualTo(12);
        assertThat(newestRecord().get("cache_read_tokens").asLong()).isEqualTo(100);
    }

    @Test
    void streams_to_the_sdks_accumulator() {
        Message answer = accumulate(hello(MODEL).build());

        assertThat(answer.content().get(0).asText().text()).isEqualTo("Hello there.");
        assertThat(answer.usage().outputTokens()).isEqualTo(5);
        assertThat(newestRecord().get("output_tokens").asLong()).isEqualTo(5);
    }

    @Test
    void calls_tools_streamed_and_not() {
        MessageCreateParams params = hello(MODEL).addTool(weather()).build();
        Message whole = client(key).messages().create(params);
        Message streamed = accumulate(params);

        assertThat(whole.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(whole.content().get(0).asToolUse().name()).isEqualTo("get_weather");
        assertThat(streamed.content().get(0).asToolUse()._input()).isEqualTo(JsonValue.from(Map.of("city", "Paris")));
    }

    @Test
    void lists_models_as_the_sdk_wants_them() {
        List<ModelInfo> models = client(key)
                .models()
                .list(ModelListParams.builder().limit(1_000).build())
                .data();

        assertThat(models).extracting(ModelInfo::id).contains("claude-sonnet-4-5-20250929");
        assertThat(models).allSatisfy(model -> assertThat(model.validate()).isSameAs(model));
        assertThat(client(key).models().retrieve(MODEL).validate().id()).isEqualTo(MODEL);
        assertThat(catchThrowable(() -> client(key).models().retrieve("nothing")))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void counts_tokens_without_a_record() {
        long records = SERVER.world().records().size();

        long tokens = client(key)
                .messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model(MODEL)
                        .addUserMessage("Say hello.")
                        .build())
                .inputTokens();

        assertThat(tokens).isEqualTo(12);
        assertThat(SERVER.world().records()).hasSize((int) records);
    }

    @Test
    void raises_the_sdks_own_exceptions() {
        assertThat(failure(key, "fail-400")).isInstanceOf(BadRequestException.class);
        assertThat(failure("tg-not-a-key", MODEL)).isInstanceOf(UnauthorizedException.class);
        assertThat(failure(key, "no-such-model")).isInstanceOf(NotFoundException.class);
        assertThat(failure(key, "fail-529").statusCode()).isEqualTo(529);
        assertThat(failure(key, "no-such-model").requestId()).isPresent();
    }

    private static AnthropicServiceException failure(String apiKey, String model) {
        return catchThrowableOfType(
                AnthropicServiceException.class,
                () -> client(apiKey).messages().create(hello(model).build()));
    }

    private static Message accumulate(MessageCreateParams params) {
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream =
                client(key).messages().createStreaming(params)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.message();
    }

    private static AnthropicClient client(String apiKey) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(SERVER.uri().toString())
                .apiKey(apiKey)
                .maxRetries(0)
                .build();
    }

    private static MessageCreateParams.Builder hello(String model) {
        return MessageCreateParams.builder().model(model).maxTokens(100).addUserMessage("Say hello.");
    }

    private static Tool weather() {
        return Tool.builder()
                .name("get_weather")
                .inputSchema(Tool.InputSchema.builder()
                        .properties(JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .build())
                .build();
    }

    private static JsonNode newestRecord() {
        SERVER.audit();
        return SERVER.world().records().get(0);
    }
}
