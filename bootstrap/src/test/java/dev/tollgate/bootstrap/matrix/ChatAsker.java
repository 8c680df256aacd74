package dev.tollgate.bootstrap.matrix;

import static dev.tollgate.bootstrap.matrix.Json.object;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** OpenAI chat completions, by openai-java. */
final class ChatAsker implements Asker {
    private final OpenAIClient client;

    ChatAsker(URI gateway, String key) {
        client = OpenAIOkHttpClient.builder()
                .baseUrl(gateway.resolve("/v1").toString())
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    @Override
    public Heard ask(Scenario scenario, String model, boolean stream) {
        try {
            ChatCompletionCreateParams.Builder params = params(scenario, model);
            return stream ? streamed(params) : heard(client.chat().completions().create(params.build()), "");
        } catch (OpenAIServiceException refused) {
            throw new Heard.Refused(refused.statusCode() == 200 ? 0 : refused.statusCode(), refused);
        } catch (OpenAIException broken) {
            throw new Heard.Refused(0, broken);
        }
    }

    @SuppressWarnings("deprecation") // the only way to members the API has no name for
    private Heard streamed(ChatCompletionCreateParams.Builder params) {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        StringBuilder thinking = new StringBuilder();
        params.putAdditionalBodyProperty("stream_options", JsonValue.from(object("include_usage", true)));
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(params.build())) {
            chunks.stream().forEach(chunk -> {
                accumulator.accumulate(chunk);
                chunk.choices()
                        .forEach(choice ->
                                thinking.append(reasoning(choice.delta()._additionalProperties())));
            });
        }
        return heard(accumulator.chatCompletion(), thinking.toString());
    }

    private static ChatCompletionCreateParams.Builder params(Scenario scenario, String model) {
        ChatCompletionCreateParams.Builder params =
                ChatCompletionCreateParams.builder().model(model).messages(JsonValue.from(messages(scenario)));
        switch (scenario) {
            case TOOL_LOOP, PARALLEL_TOOLS ->
                params.tools(JsonValue.from(List.of(object(
                        "type",
                        "function",
                        "function",
                        object(
                                "name", "get_weather",
                                "description", "The weather in a city",
                                "parameters", Questions.weatherInput())))));
            case THINKING -> params.putAdditionalBodyProperty("reasoning_effort", JsonValue.from("medium"));
            case STRUCTURED ->
                params.putAdditionalBodyProperty(
                        "response_format",
                        JsonValue.from(object(
                                "type",
                                "json_schema",
                                "json_schema",
                                object("name", "answer", "strict", true, "schema", Questions.schema()))));
            case MAX_TOKENS -> params.maxCompletionTokens(Scenario.MAX_OUTPUT);
            default -> {}
        }
        return params;
    }

    private static List<Object> messages(Scenario scenario) {
        return switch (scenario) {
            case SYSTEM ->
                List.of(
                        object("role", "system", "content", Scenario.SYSTEM_TEXT),
                        object("role", "user", "content", Questions.HELLO));
            case TOOL_LOOP ->
                List.of(
                        object("role", "user", "content", Questions.WEATHER),
                        object(
                                "role",
                                "assistant",
                                "content",
                                null,
                                "tool_calls",
                                List.of(object(
                                        "id", "call_1",
                                        "type", "function",
                                        "function",
                                                object("name", "get_weather", "arguments", "{\"city\":\"Paris\"}")))),
                        object("role", "tool", "tool_call_id", "call_1", "content", Scenario.TOOL_RESULT));
            case IMAGE ->
                List.of(object(
                        "role",
                        "user",
                        "content",
                        List.of(
                                object("type", "text", "text", "What is it?"),
                                object(
                                        "type",
                                        "image_url",
                                        "image_url",
                                        object("url", "data:image/png;base64," + Scenario.IMAGE_BASE64)))));
            default -> List.of(object("role", "user", "content", Questions.HELLO));
        };
    }

    @SuppressWarnings("deprecation") // the only way to members the API has no name for
    private static Heard heard(ChatCompletion answer, String streamedThinking) {
        ChatCompletion.Choice choice = answer.choices().get(0);
        ChatCompletionMessage message = choice.message();
        List<Heard.Call> calls = new ArrayList<>();
        message.toolCalls()
                .orElse(List.of())
                .forEach(call -> calls.add(new Heard.Call(
                        call.asFunction().function().name(),
                        Json.tree(call.asFunction().function().arguments()))));
        Said.Stop stop = switch (choice.finishReason().asString()) {
            case "stop" -> Said.Stop.END;
            case "length" -> Said.Stop.LENGTH;
            case "tool_calls" -> Said.Stop.TOOLS;
            default -> throw new AssertionError(choice.finishReason());
        };
        String thinking = streamedThinking.isEmpty() ? reasoning(message._additionalProperties()) : streamedThinking;
        return new Heard(
                message.content().orElse(""),
                thinking,
                calls,
                stop,
                answer.usage().orElseThrow().promptTokens(),
                answer.usage().orElseThrow().completionTokens());
    }

    /** No member of the API's own, but what compatible servers and clients call it. */
    private static String reasoning(Map<String, JsonValue> more) {
        JsonValue reasoning = more.get("reasoning_content");
        return reasoning == null ? "" : String.valueOf(reasoning.asString().orElse(""));
    }
}
