package dev.tollgate.bootstrap.matrix;

import static dev.tollgate.bootstrap.matrix.Json.object;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Anthropic messages, by anthropic-java. */
final class MessagesAsker implements Asker {
    private static final long THINKING_BUDGET = 2048;

    private final AnthropicClient client;

    MessagesAsker(URI gateway, String key) {
        client = AnthropicOkHttpClient.builder()
                .baseUrl(gateway.toString())
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    @Override
    public Heard ask(Scenario scenario, String model, boolean stream) {
        try {
            MessageCreateParams params = params(scenario, model);
            return heard(stream ? accumulated(params) : client.messages().create(params));
        } catch (AnthropicServiceException refused) {
            throw new Heard.Refused(stream && refused.statusCode() == 200 ? 0 : refused.statusCode(), refused);
        } catch (AnthropicException broken) {
            throw new Heard.Refused(0, broken);
        }
    }

    private Message accumulated(MessageCreateParams params) {
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> events = client.messages().createStreaming(params)) {
            events.stream().forEach(accumulator::accumulate);
        }
        return accumulator.message();
    }

    private static MessageCreateParams params(Scenario scenario, String model) {
        MessageCreateParams.Builder params = MessageCreateParams.builder()
                .model(model)
                .maxTokens(scenario == Scenario.MAX_TOKENS ? Scenario.MAX_OUTPUT : 4096)
                .messages(JsonValue.from(messages(scenario)));
        switch (scenario) {
            case SYSTEM -> params.system(Scenario.SYSTEM_TEXT);
            case TOOL_LOOP, PARALLEL_TOOLS -> params.tools(JsonValue.from(List.of(weather())));
            case THINKING -> params.enabledThinking(THINKING_BUDGET);
            case STRUCTURED ->
                params.putAdditionalBodyProperty(
                        "output_config",
                        JsonValue.from(object("format", object("type", "json_schema", "schema", Questions.schema()))));
            default -> {}
        }
        return params.build();
    }

    private static Map<String, Object> weather() {
        return object(
                "name",
                "get_weather",
                "description",
                "The weather in a city",
                "input_schema",
                Questions.weatherInput());
    }

    private static List<Object> messages(Scenario scenario) {
        return switch (scenario) {
            case TOOL_LOOP ->
                List.of(
                        object("role", "user", "content", Questions.WEATHER),
                        object(
                                "role",
                                "assistant",
                                "content",
                                List.of(object(
                                        "type",
                                        "tool_use",
                                        "id",
                                        "toolu_1",
                                        "name",
                                        "get_weather",
                                        "input",
                                        object("city", "Paris")))),
                        object(
                                "role",
                                "user",
                                "content",
                                List.of(object(
                                        "type",
                                        "tool_result",
                                        "tool_use_id",
                                        "toolu_1",
                                        "content",
                                        Scenario.TOOL_RESULT))));
            case IMAGE ->
                List.of(object(
                        "role",
                        "user",
                        "content",
                        List.of(
                                object(
                                        "type",
                                        "image",
                                        "source",
                                        object(
                                                "type",
                                                "base64",
                                                "media_type",
                                                "image/png",
                                                "data",
                                                Scenario.IMAGE_BASE64)),
                                object("type", "text", "text", "What is it?"))));
            default -> List.of(object("role", "user", "content", Questions.HELLO));
        };
    }

    private static Heard heard(Message message) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        List<Heard.Call> calls = new ArrayList<>();
        message.content().forEach(block -> {
            block.text().ifPresent(said -> text.append(said.text()));
            block.thinking().ifPresent(thought -> thinking.append(thought.thinking()));
            block.toolUse()
                    .ifPresent(call -> calls.add(new Heard.Call(
                            call.name(), Json.MAPPER.valueToTree(call._input().convert(Object.class)))));
        });
        Said.Stop stop = switch (message.stopReason().orElseThrow().asString()) {
            case "end_turn" -> Said.Stop.END;
            case "max_tokens" -> Said.Stop.LENGTH;
            case "tool_use" -> Said.Stop.TOOLS;
            default -> throw new AssertionError(message.stopReason());
        };
        long input = message.usage().inputTokens()
                + message.usage().cacheReadInputTokens().orElse(0L)
                + message.usage().cacheCreationInputTokens().orElse(0L);
        return new Heard(
                text.toString(),
                thinking.toString(),
                calls,
                stop,
                input,
                message.usage().outputTokens());
    }
}
