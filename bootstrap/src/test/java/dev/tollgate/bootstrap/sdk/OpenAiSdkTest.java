package dev.tollgate.bootstrap.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.models.Model;
import dev.tollgate.bootstrap.server.ShapedUpstream;
import dev.tollgate.bootstrap.server.WholeServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The official OpenAI SDK, with only its base URL and key changed. */
class OpenAiSdkTest {
    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static ShapedUpstream upstream;
    private static String key;

    @BeforeAll
    static void set_up() throws IOException {
        upstream = new ShapedUpstream();
        SERVER.world().account("openai", upstream.uri().resolve("/v1"), Map.of());
        SERVER.world().model("fail-400", "openai", "1", "2");
        SERVER.world().model("fail-500", "openai", "1", "2");
        SERVER.world().model("fail-429", "openai", "1", "2");
        key = SERVER.world().key(SERVER.world().user("ann", "10"), Map.of());
    }

    @AfterAll
    static void tear_down() {
        upstream.close();
    }

    @Test
    void answers_a_plain_call() {
        ChatCompletion answer =
                client(key).chat().completions().create(hello("gpt-4o-mini").build());

        assertThat(answer.choices().get(0).message().content()).contains("Hello there.");
        assertThat(answer.usage().orElseThrow().promptTokens()).isEqualTo(12);
        assertThat(newestRecord().get("input_tokens").asLong()).isEqualTo(8);
        assertThat(newestRecord().get("cache_read_tokens").asLong()).isEqualTo(4);
    }

    @Test
    void lists_models_as_the_sdk_wants_them() {
        List<Model> models = client(key).models().list().data();

        assertThat(models).extracting(Model::id).contains("gpt-4o-mini");
        assertThat(models).allSatisfy(model -> assertThat(model.validate()).isSameAs(model));
        assertThat(client(key).models().retrieve("gpt-4o-mini").validate().id()).isEqualTo("gpt-4o-mini");
    }

    @Test
    void streams_to_the_sdks_accumulator() {
        ChatCompletion answer = accumulate(hello("gpt-4o-mini").build());

        assertThat(answer.choices().get(0).message().content()).contains("Hello there.");
        assertThat(answer.usage()).isEmpty();
        assertThat(newestRecord().get("output_tokens").asLong()).isEqualTo(5);
    }

    @Test
    void streams_the_usage_to_who_asks_for_it() {
        ChatCompletion answer = accumulate(hello("gpt-4o-mini")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build());

        assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(5);
    }

    @Test
    void calls_tools_streamed_and_not() {
        ChatCompletionCreateParams params =
                hello("gpt-4o-mini").addTool(weather()).build();
        ChatCompletion whole = client(key).chat().completions().create(params);
        ChatCompletion streamed = accumulate(params);

        assertThat(whole.choices()
                        .get(0)
                        .message()
                        .toolCalls()
                        .orElseThrow()
                        .get(0)
                        .asFunction()
                        .function()
                        .arguments())
                .isEqualTo("{\"city\":\"Paris\"}");
        assertThat(streamed.choices()
                        .get(0)
                        .message()
                        .toolCalls()
                        .orElseThrow()
                        .get(0)
                        .asFunction()
                        .function()
                        .name())
                .isEqualTo("get_weather");
    }

    @Test
    void raises_the_sdks_own_exceptions() {
        assertThat(failure(key, "fail-400")).isInstanceOf(BadRequestException.class);
        assertThat(failure(key, "fail-400").code()).contains("invalid_value");
        assertThat(failure("tg-not-a-key", "gpt-4o-mini")).isInstanceOf(UnauthorizedException.class);
        assertThat(failure("tg-not-a-key", "gpt-4o-mini").code()).contains("invalid_api_key");
        assertThat(failure(key, "no-such-model")).isInstanceOf(NotFoundException.class);
        assertThat(failure(key, "no-such-model").code()).contains("model_not_found");
        assertThat(failure(key, "fail-500").statusCode()).isEqualTo(500);
    }

    @Test
    void says_how_long_to_wait_when_the_upstream_limits() {
        long lonely = SERVER.world().account("openai", upstream.uri().resolve("/v1"), Map.of());
        assertThat(failure(key, "fail-429")).isInstanceOf(RateLimitException.class);
        SERVER.world()
                .admin()
                .get("/api/admin/accounts?page_size=500")
                .get("items")
                .forEach(account -> SERVER.world()
                        .admin()
                        .post("/api/admin/accounts/" + account.get("id").asLong() + "/recover", Map.of()));
        assertThat(lonely).isPositive();
    }

    private static OpenAIServiceException failure(String apiKey, String model) {
        return catchThrowableOfType(
                OpenAIServiceException.class,
                () -> client(apiKey).chat().completions().create(hello(model).build()));
    }

    private static ChatCompletion accumulate(ChatCompletionCreateParams params) {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream =
                client(key).chat().completions().createStreaming(params)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.chatCompletion();
    }

    private static OpenAIClient client(String apiKey) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(SERVER.uri().resolve("/v1").toString())
                .apiKey(apiKey)
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams.Builder hello(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .maxCompletionTokens(100)
                .addUserMessage("Say hello.");
    }

    private static ChatCompletionFunctionTool weather() {
        return ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name("get_weather")
                        .description("The weather in a city")
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty(
                                        "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                                .build())
                        .build())
                .build();
    }

    private static JsonNode newestRecord() {
        SERVER.audit();
        return SERVER.world().records().get(0);
    }
}
