package dev.tollgate.bootstrap.whole;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import org.assertj.core.api.SoftAssertions;

/** The form a dialect gives its answers, as far as it can be told without the dialect's own client. */
enum WellFormed {
    CHAT("/v1/chat/", "/choices/0/message/role", "/choices/0/finish_reason", "/usage/completion_tokens", "[DONE]"),
    MESSAGES("/v1/messages", "/role", "/stop_reason", "/usage/output_tokens", "\"type\":\"message_stop\""),
    RESPONSES("/v1/responses", "/output", "/status", "/usage/output_tokens", "\"sequence_number\":"),
    GENERATED(
            "/v1beta/",
            "/candidates/0",
            "/candidates/0/finishReason",
            "/usageMetadata/totalTokenCount",
            "\"usageMetadata\":");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String path;
    private final String told;
    private final String reason;
    private final String output;
    private final String end;

    WellFormed(String path, String told, String reason, String output, String end) {
        this.path = path;
        this.told = told;
        this.reason = reason;
        this.output = output;
        this.end = end;
    }

    static void check(
            SoftAssertions softly, CorpusCall call, boolean stream, HttpResponse<byte[]> answer, String body) {
        String type = answer.headers().firstValue("content-type").orElse("");
        softly.assertThat(type).startsWith(stream ? "text/event-stream" : "application/json");
        for (WellFormed form : values()) {
            if (call.path().startsWith(form.path)) {
                form.check(softly, stream, body);
            }
        }
    }

    private void check(SoftAssertions softly, boolean stream, String body) {
        if (stream) {
            List<JsonNode> events = body.lines()
                    .filter(line -> line.startsWith("data: {"))
                    .map(line -> parse(line.substring("data: ".length())))
                    .toList();
            softly.assertThat(events).isNotEmpty();
            softly.assertThat(body.lines()
                            .filter(line -> line.startsWith("data:"))
                            .reduce((first, last) -> last))
                    .get()
                    .asString()
                    .contains(end);
        } else {
            JsonNode answer = parse(body);
            softly.assertThat(answer.at(told).isMissingNode())
                    .as("%s in %s", told, body)
                    .isFalse();
            softly.assertThat(answer.at(reason).asText())
                    .as("%s in %s", reason, body)
                    .isNotEmpty();
            softly.assertThat(answer.at(output).isNumber())
                    .as("%s in %s", output, body)
                    .isTrue();
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(json, e);
        }
    }
}
