package dev.tollgate.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.CollectingClient;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.azure.AzureEndpoint;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class OpenAiUpstreamTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final OpenAiUpstream OPENAI = new OpenAiUpstream(HTTP, InstantSource.system());
    private static final OpenAiUpstream AZURE = new OpenAiUpstream(HTTP, InstantSource.system(), new AzureEndpoint());

    @AfterAll
    static void close() {
        HTTP.close();
    }

    @Test
    void the_usage_behind_a_large_picture_is_read() {
        String events =
                "event: image_generation.completed\ndata: {\"type\":\"image_generation.completed\",\"b64_json\":\""
                        + "A".repeat(3_000_000) + "\",\"usage\":{\"input_tokens\":5,\"output_tokens\":100,"
                        + "\"total_tokens\":105}}\n\n";
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.stream(events))) {
            ApiCalls call =
                    ApiCalls.of(OpenAiApi.IMAGE_GENERATIONS, server.baseUrl()).streamed(true);
            Answer.Streaming streaming = (Answer.Streaming) Calls.send(OPENAI.prepare(call.request()));

            StreamEnd end = streaming.forward(new CollectingClient());

            assertThat(end.reason()).isEqualTo(StreamEnd.Reason.TERMINAL);
            assertThat(Read.reported(end.metered()).tokens().of(TokenClass.IMAGE_OUTPUT))
                    .isEqualTo(100);
        }
    }

    @Test
    void a_form_goes_under_its_own_type_with_the_mapped_model() {
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(200, "{\"text\":\"Hi\"}"))) {
            ApiCalls call =
                    ApiCalls.of(OpenAiApi.TRANSCRIPTIONS, server.baseUrl()).model("m", "whisper-1");
            var unused = Calls.send(OPENAI.prepare(call.request()));

            ScriptedUpstream.Received received = server.received().getFirst();
            assertThat(received.requestLine()).isEqualTo("POST /v1/audio/transcriptions HTTP/1.1");
            assertThat(received.header("content-type")).containsExactly("multipart/form-data; boundary=cut");
            assertThat(new String(received.body(), UTF_8)).isEqualTo(ApiCalls.form("whisper-1"));
        }
    }

    @Test
    void azure_is_asked_for_the_deployment_with_its_own_header() {
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.json(200, "{\"usage\":null}"))) {
            ApiCalls call = ApiCalls.of(OpenAiApi.CHAT, server.baseUrl())
                    .with(Map.of("api_key", "0123abcd", "deployments.m", "ours"));
            var unused = Calls.send(AZURE.prepare(call.request()));

            ScriptedUpstream.Received received = server.received().getFirst();
            assertThat(received.requestLine())
                    .isEqualTo("POST /openai/deployments/ours/chat/completions?api-version=2024-10-21 HTTP/1.1");
            assertThat(received.header("api-key")).containsExactly("0123abcd");
            assertThat(received.header("authorization")).isEmpty();
            assertThat(new String(received.body(), UTF_8)).contains("\"model\":\"ours\"");
        }
    }

    @Test
    void what_a_server_has_not_is_not_spoken() {
        assertThat(OPENAI.speaks(ApiCalls.of(OpenAiApi.MODERATIONS, "http://localhost")
                        .request()
                        .call()))
                .isTrue();
        assertThat(AZURE.speaks(ApiCalls.of(OpenAiApi.MODERATIONS, "http://localhost")
                        .request()
                        .call()))
                .isFalse();
    }
}
