package dev.tollgate.bootstrap.matrix;

import static dev.tollgate.bootstrap.matrix.Json.object;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseUsage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** OpenAI responses, by openai-java. */
final class ResponsesAsker implements Asker {
    private final OpenAIClient client;

    ResponsesAsker(URI gateway, String key) {
        client = OpenAIOkHttpClient.builder()
                .baseUrl(gateway.resolve("/v1").toString())
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    @Override
    public Heard ask(Scenario scenario, String model, boolean stream) {
        try {
            ResponseCreateParams params = params(scenario, model);
            return heard(stream ? accumulated(params) : client.responses().create(params));
        } catch (OpenAIServiceException refused) {
            throw new Heard.Refused(refused.statusCode() == 200 ? 0 : refused.statusCode(), refused);
        } catch (OpenAIException broken) {
            throw new Heard.Refused(0, broken);
        }
    }

    private Response accumulated(ResponseCreateParams params) {
        ResponseAccumulator accumulator = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(params)) {
            events.stream().forEach(event -> {
                if (event.isError() || event.isFailed()) {
                    throw new Heard.Refused(0, null);
                }
                accumulator.accumulate(event);
            });
        }
        return accumulator.response();
    }

    private static ResponseCreateParams params(Scenario scenario, String model) {
        ResponseCreateParams.Builder params =
                ResponseCreateParams.builder().model(model).input(JsonValue.from(input(scenario)));
        switch (scenario) {
            case SYSTEM -> params.instructions(Scenario.SYSTEM_TEXT);
            case TOOL_LOOP, PARALLEL_TOOLS ->
                params.tools(JsonValue.from(List.of(object(
                        "type", "function",
                        "name", "get_weather",
                        "description", "The weather in a city",
                        "parameters", Questions.weatherInput(),
                        "strict", false))));
            case THINKING -> params.reasoning(JsonValue.from(object("effort", "medium", "summary", "auto")));
            case STRUCTURED ->
                params.text(JsonValue.from(object(
                        "format",
                        object(
                                "type",
                                "json_schema",
                                "name",
                                "answer",
                                "strict",
                                true,
                                "schema",
                                Questions.schema()))));
            case MAX_TOKENS -> params.maxOutputTokens(Scenario.MAX_OUTPUT);
            default -> {}
        }
        return params.build();
    }

    private static Object input(Scenario scenario) {
        return switch (scenario) {
            case TOOL_LOOP ->
                List.of(
                        object("role", "user", "content", Questions.WEATHER),
                        object(
                                "type", "function_call",
                                "call_id", "call_1",
                                "name", "get_weather",
                                "arguments", "{\"city\":\"Paris\"}"),
                        object("type", "function_call_output", "call_id", "call_1", "output", Scenario.TOOL_RESULT));
            case IMAGE ->
                List.of(object(
                        "role",
                        "user",
                        "content",
                        List.of(
                                object("type", "input_text", "text", "What is it?"),
                                object(
                                        "type", "input_image",
                                        "detail", "auto",
                                        "image_url", "data:image/png;base64," + Scenario.IMAGE_BASE64))));
            default -> Questions.HELLO;
        };
    }

    private static Heard heard(Response response) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        List<Heard.Call> calls = new ArrayList<>();
        response.output().forEach(item -> {
            item.message()
                    .ifPresent(message -> message.content()
                            .forEach(part -> part.outputText().ifPresent(said -> text.append(said.text()))));
            item.reasoning().ifPresent(reasoning -> reasoning.summary().forEach(part -> thinking.append(part.text())));
            item.functionCall().ifPresent(call -> calls.add(new Heard.Call(call.name(), Json.tree(call.arguments()))));
        });
        boolean cut = response.status().orElseThrow().asString().equals("incomplete");
        Said.Stop stop = cut ? Said.Stop.LENGTH : calls.isEmpty() ? Said.Stop.END : Said.Stop.TOOLS;
        ResponseUsage usage = response.usage().orElseThrow();
        return new Heard(text.toString(), thinking.toString(), calls, stop, usage.inputTokens(), usage.outputTokens());
    }
}
