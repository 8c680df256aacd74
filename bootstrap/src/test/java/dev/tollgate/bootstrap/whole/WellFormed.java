package dev.tollgate.bootstrap.whole;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.util.List;
import org.assertj.core.api.SoftAssertions;

/** Whether an answer that was converted has the form its dialect gives it. */
final class WellFormed {
    private static final ObjectMapper JSON = new ObjectMapper();

    private WellFormed() {}

    static void check(SoftAssertions softly, CorpusCall call, boolean stream, HttpHeaders headers, String body) {
        String type = headers.firstValue("content-type").orElse("");
        softly.assertThat(type).startsWith(stream ? "text/event-stream" : "application/json");
        boolean isChat = call.path().startsWith("/v1/chat/");
        if (stream) {
            List<JsonNode> events = body.lines()
                    .filter(line -> line.startsWith("data: {"))
                    .map(line -> parse(line.substring("data: ".length())))
                    .toList();
            softly.assertThat(events).isNotEmpty();
            softly.assertThat(body)
                    .endsWith(isChat ? "data: [DONE]\n\n" : "\n\n")
                    .contains(isChat ? "\"finish_reason\":\"" : "\"type\":\"message_stop\"");
        } else {
            JsonNode answer = parse(body);
            softly.assertThat(answer.at(isChat ? "/choices/0/message/role" : "/role")
                            .asText())
                    .as("%s", body)
                    .isEqualTo("assistant");
            softly.assertThat(answer.at(isChat ? "/choices/0/finish_reason" : "/stop_reason")
                            .asText())
                    .isNotEmpty();
            softly.assertThat(answer.at("/usage/" + (isChat ? "completion_tokens" : "output_tokens"))
                            .isNumber())
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
