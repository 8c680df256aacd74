package dev.tollgate.bootstrap.idempotency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tollgate.bootstrap.server.Caller;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A dialect a question can be asked in, under an idempotency key. */
enum Way {
    CHAT(
            "/v1/chat/completions",
            "{\"model\":\"%s\",\"max_tokens\":100,\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"),
    RESPONSES("/v1/responses", "{\"model\":\"%s\",\"max_output_tokens\":100,\"stream\":%s,\"input\":\"%s\"}"),
    MESSAGES(
            "/v1/messages",
            "{\"model\":\"%s\",\"max_tokens\":100,\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"),
    GEMINI("/v1beta/models/", "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"%s\"}]}]}");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String path;
    private final String body;

    Way(String path, String body) {
        this.path = path;
        this.body = body;
    }

    /** A question of a model, under a key; null: without the header. */
    record Question(String model, String words, boolean stream, String key) {}

    HttpResponse<byte[]> ask(URI gateway, String apiKey, Question question) {
        Map<String, String> headers = new HashMap<>();
        headers.put("content-type", "application/json");
        if (question.key() != null) {
            headers.put("Idempotency-Key", question.key());
        }
        headers.put(this == GEMINI ? "x-goog-api-key" : this == MESSAGES ? "x-api-key" : "api-key", apiKey);
        return new Caller(gateway, apiKey)
                .post(path(question), headers, body(question).getBytes(StandardCharsets.UTF_8));
    }

    private String path(Question question) {
        String operation = question.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent";
        return this == GEMINI ? path + question.model() + operation : path;
    }

    private String body(Question question) {
        return this == GEMINI
                ? body.formatted(question.words())
                : body.formatted(question.model(), question.stream(), question.words());
    }

    /** The dialect's word for what went wrong. */
    String word(HttpResponse<byte[]> answer) {
        JsonNode error = json(answer).get("error");
        return switch (this) {
            case CHAT, RESPONSES -> error.get("code").asText();
            case MESSAGES -> error.get("type").asText();
            case GEMINI -> error.get("status").asText();
        };
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(new String(answer.body(), StandardCharsets.UTF_8), e);
        }
    }
}
