package dev.tollgate.bootstrap.matrix;

import static dev.tollgate.bootstrap.matrix.Json.object;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.GenAiIOException;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gemini's generateContent, by google-genai. */
final class GeminiAsker implements Asker {
    private final Client client;

    GeminiAsker(URI gateway, String key) {
        client = Client.builder()
                .apiKey(key)
                .httpOptions(HttpOptions.builder()
                        .baseUrl(gateway.toString())
                        .apiVersion("v1beta")
                        .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                        .build())
                .build();
    }

    @Override
    public Heard ask(Scenario scenario, String model, boolean stream) {
        try {
            List<Content> contents = contents(scenario).stream()
                    .map(content -> Content.fromJson(Json.text(content)))
                    .toList();
            GenerateContentConfig config = GenerateContentConfig.fromJson(Json.text(config(scenario)));
            if (!stream) {
                return heard(List.of(client.models.generateContent(model, contents, config)));
            }
            List<GenerateContentResponse> chunks = new ArrayList<>();
            try (ResponseStream<GenerateContentResponse> told =
                    client.models.generateContentStream(model, contents, config)) {
                told.forEach(chunks::add);
            }
            return heard(chunks);
        } catch (ApiException refused) {
            throw new Heard.Refused(refused.code() == 200 ? 0 : refused.code(), refused);
        } catch (GenAiIOException broken) {
            throw new Heard.Refused(0, broken);
        }
    }

    private static Map<String, Object> config(Scenario scenario) {
        return switch (scenario) {
            case SYSTEM -> object("systemInstruction", object("parts", List.of(object("text", Scenario.SYSTEM_TEXT))));
            case TOOL_LOOP, PARALLEL_TOOLS ->
                object(
                        "tools",
                        List.of(object(
                                "functionDeclarations",
                                List.of(object(
                                        "name", "get_weather",
                                        "description", "The weather in a city",
                                        "parametersJsonSchema", Questions.weatherInput())))));
            case THINKING -> object("thinkingConfig", object("thinkingBudget", 2048, "includeThoughts", true));
            case STRUCTURED -> object("responseMimeType", "application/json", "responseJsonSchema", Questions.schema());
            case MAX_TOKENS -> object("maxOutputTokens", Scenario.MAX_OUTPUT);
            default -> object();
        };
    }

    private static List<Map<String, Object>> contents(Scenario scenario) {
        return switch (scenario) {
            case TOOL_LOOP ->
                List.of(
                        content("user", object("text", Questions.WEATHER)),
                        content(
                                "model",
                                object("functionCall", object("name", "get_weather", "args", object("city", "Paris")))),
                        content(
                                "user",
                                object(
                                        "functionResponse",
                                        object(
                                                "name",
                                                "get_weather",
                                                "response",
                                                object("output", Scenario.TOOL_RESULT)))));
            case IMAGE ->
                List.of(content(
                        "user",
                        object("text", "What is it?"),
                        object("inlineData", object("mimeType", "image/png", "data", Scenario.IMAGE_BASE64))));
            default -> List.of(content("user", object("text", Questions.HELLO)));
        };
    }

    private static Map<String, Object> content(String role, Object... parts) {
        return object("role", role, "parts", List.of(parts));
    }

    private static Heard heard(List<GenerateContentResponse> chunks) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        List<Heard.Call> calls = new ArrayList<>();
        FinishReason.Known finish = null;
        for (GenerateContentResponse chunk : chunks) {
            if (chunk.candidates().isEmpty()) {
                continue;
            }
            for (Part part : parts(chunk)) {
                boolean thought = part.thought().orElse(false);
                part.text().ifPresent((thought ? thinking : text)::append);
                part.functionCall()
                        .ifPresent(call -> calls.add(new Heard.Call(
                                call.name().orElseThrow(),
                                Json.MAPPER.valueToTree(call.args().orElse(Map.of())))));
            }
            finish = chunk.candidates()
                    .get()
                    .get(0)
                    .finishReason()
                    .map(FinishReason::knownEnum)
                    .orElse(finish);
        }
        if (finish == null) {
            throw new Heard.Refused(0, null);
        }
        Said.Stop stop = finish == FinishReason.Known.MAX_TOKENS
                ? Said.Stop.LENGTH
                : calls.isEmpty() ? Said.Stop.END : Said.Stop.TOOLS;
        GenerateContentResponseUsageMetadata usage =
                chunks.get(chunks.size() - 1).usageMetadata().orElseThrow();
        int output = usage.candidatesTokenCount().orElse(0)
                + usage.thoughtsTokenCount().orElse(0);
        return new Heard(
                text.toString(),
                thinking.toString(),
                calls,
                stop,
                usage.promptTokenCount().orElse(0),
                output);
    }

    private static List<Part> parts(GenerateContentResponse chunk) {
        return chunk.candidates().get().get(0).content().flatMap(Content::parts).orElse(List.of());
    }
}
