package dev.tollgate.bootstrap.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tollgate.bootstrap.server.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A dialect as its callers speak it: a small call of 100 output tokens, and how it is told no. */
public enum Wire {
    CHAT {
        @Override
        String path(String model) {
            return "/v1/chat/completions";
        }

        @Override
        String body(String model) {
            return "{\"model\":\"" + model
                    + "\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
        }

        @Override
        Map<String, String> headers(String key) {
            return Map.of("authorization", "Bearer " + key);
        }

        @Override
        String message(JsonNode body, Refusal refusal) {
            assertThat(body.at("/error/code").asText()).isEqualTo(refusal.openAi());
            assertThat(body.at("/error/type").asText()).isEqualTo(refusal.openAi());
            return body.at("/error/message").asText();
        }
    },
    MESSAGES {
        @Override
        String path(String model) {
            return "/v1/messages";
        }

        @Override
        String body(String model) {
            return CHAT.body(model);
        }

        @Override
        Map<String, String> headers(String key) {
            return Map.of("x-api-key", key, "anthropic-version", "2023-06-01");
        }

        @Override
        String message(JsonNode body, Refusal refusal) {
            assertThat(body.at("/type").asText()).isEqualTo("error");
            assertThat(body.at("/error/type").asText()).isEqualTo(refusal.anthropic());
            return body.at("/error/message").asText();
        }
    },
    GENERATE_CONTENT {
        @Override
        String path(String model) {
            return "/v1beta/models/" + model + ":generateContent";
        }

        @Override
        String body(String model) {
            return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello\"}]}],"
                    + "\"generationConfig\":{\"maxOutputTokens\":100}}";
        }

        @Override
        Map<String, String> headers(String key) {
            return Map.of("x-goog-api-key", key);
        }

        @Override
        String message(JsonNode body, Refusal refusal) {
            assertThat(body.at("/error/code").asInt()).isEqualTo(refusal.status());
            assertThat(body.at("/error/status").asText()).isEqualTo(refusal.gemini());
            return body.at("/error/message").asText();
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    abstract String path(String model);

    abstract String body(String model);

    abstract Map<String, String> headers(String key);

    /** What the caller reads, once the words for programs are right. */
    abstract String message(JsonNode body, Refusal refusal);

    public HttpResponse<byte[]> call(URI gateway, String key, String model) {
        return call(gateway, key, model, Map.of());
    }

    HttpResponse<byte[]> call(URI gateway, String key, String model, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(headers(key));
        headers.put("content-type", "application/json");
        headers.putAll(more);
        return new Caller(gateway, key).post(path(model), headers, body(model).getBytes(StandardCharsets.UTF_8));
    }

    /** Holds a refusal against the contract's table and returns its message. */
    String refused(HttpResponse<byte[]> answer, Refusal refusal) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as("%s", text).isEqualTo(refusal.status());
        String id = answer.headers().firstValue("x-request-id").orElseThrow();
        assertThat(answer.headers().firstValue("request-id")).hasValue(id);
        assertThat(text).contains(id);
        assertThat(answer.headers().firstValue("retry-after").isPresent())
                .as("retry-after of %s", text)
                .isEqualTo(refusal.doesTimeHelp());
        try {
            return message(JSON.readTree(text), refusal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
