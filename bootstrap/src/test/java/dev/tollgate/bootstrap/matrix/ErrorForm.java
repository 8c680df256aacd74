package dev.tollgate.bootstrap.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;

/** Holds errors against the form their dialect has for them. */
final class ErrorForm {
    private ErrorForm() {}

    /** An answer that is an error. */
    static void holds(PlainAsker.Dialect dialect, HttpResponse<byte[]> answer) {
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/json");
        JsonNode body = Json.tree(new String(answer.body(), UTF_8));
        holds(dialect, body);
        if (dialect == PlainAsker.Dialect.GENERATE_CONTENT) {
            assertThat(body.at("/error/code").asInt()).isEqualTo(answer.statusCode());
        }
    }

    /** A stream whose last event is an error. */
    static void endsWith(PlainAsker.Dialect dialect, String stream) {
        String[] events = stream.strip().split("\r?\n\r?\n", -1);
        String last = events[events.length - 1];
        String data = last.substring(last.indexOf("data: ") + "data: ".length());
        JsonNode event = Json.tree(data);
        switch (dialect) {
            case MESSAGES -> assertThat(last).startsWith("event: error\n");
            case RESPONSES -> {
                String name = last.substring("event: ".length(), last.indexOf('\n'));
                assertThat(name).isIn("error", "response.failed");
                assertThat(event.path("type").asText()).isEqualTo(name);
                assertThat(event.has("sequence_number")).isTrue();
                return;
            }
            case CHAT, GENERATE_CONTENT -> {}
        }
        holds(dialect, event);
    }

    private static void holds(PlainAsker.Dialect dialect, JsonNode body) {
        JsonNode error = body.path("error");
        assertThat(error.path("message").asText()).as("%s", body).isNotEmpty();
        switch (dialect) {
            case CHAT, RESPONSES -> assertThat(error.path("type").asText()).isNotEmpty();
            case MESSAGES -> {
                assertThat(body.path("type").asText()).isEqualTo("error");
                assertThat(error.path("type").asText()).endsWith("_error");
            }
            case GENERATE_CONTENT -> {
                assertThat(error.path("code").isInt()).isTrue();
                assertThat(error.path("status").asText()).matches("[A-Z_]+");
            }
        }
    }
}
