package dev.tollgate.web.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.RelayOutcome;
import dev.tollgate.web.relay.input.SessionHints;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class AcceptedCallsTest {
    private static final RelayServer SERVER = new RelayServer();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void answer_everything() {
        SERVER.calls.clear();
        SERVER.serve((call, client) ->
                new RelayOutcome.Answered(new AnswerHead(200, List.of()), "{}".getBytes(UTF_8), null, List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "authorization, 'Bearer '",
        "authorization, 'bearer '",
        "x-api-key, ''",
        "api-key, ''",
        "x-goog-api-key, ''"
    })
    void take_the_key_from_every_header_of_the_dialects(String header, String before) throws Exception {
        RelayCall call = call(bare(RelayServer.CHAT).header(header, before + RelayServer.KEY));

        assertThat(call.keyText()).isEqualTo(RelayServer.KEY);
    }

    @Test
    void take_the_key_from_the_query_and_leave_the_rest_of_it() throws Exception {
        RelayCall call = call(bare(RelayServer.MESSAGES + "?beta=true&key=" + RelayServer.KEY + "&x=%20y"));

        assertThat(call.keyText()).isEqualTo(RelayServer.KEY);
        assertThat(call.query()).isEqualTo("beta=true&x=%20y");
    }

    @Test
    void prefer_what_can_be_a_key_of_ours() throws Exception {
        RelayCall call = call(bare(RelayServer.MESSAGES)
                .header("authorization", "Bearer sk-somebody-elses")
                .header("x-api-key", RelayServer.KEY));

        assertThat(call.keyText()).isEqualTo(RelayServer.KEY);
    }

    @ParameterizedTest
    @CsvSource({"x-session-id", "session_id", "Session-Id"})
    void take_the_session_their_head_names_before_any_other(String header) throws Exception {
        List<String> unnamed = call(SERVER.request(RelayServer.MESSAGES)).body().sessionHints();
        List<String> named = call(SERVER.request(RelayServer.MESSAGES).header(header, "s-1"))
                .body()
                .sessionHints();

        assertThat(named).startsWith(SessionHints.ofName("s-1")).endsWith(unnamed.toArray(String[]::new));
        assertThat(named).hasSize(unnamed.size() + 1);
    }

    @Test
    void let_only_protocol_headers_through() throws Exception {
        RelayCall call = call(SERVER.request(RelayServer.MESSAGES)
                .header("anthropic-version", "2023-06-01")
                .header("anthropic-beta", "a,b")
                .header("anthropic-beta", "c")
                .header("OpenAI-Beta", "assistants=v2")
                .header("openai-organization", "org-1")
                .header("openai-project", "proj_1")
                .header("anthropic-organization-id", "o")
                .header("anthropic-dangerous-direct-browser-access", "true")
                .header("x-goog-user-project", "p")
                .header("x-goog-api-client", "genai")
                .header("x-amz-security-token", "t")
                .header("x-ms-client-request-id", "1")
                .header("x-stainless-os", "Linux")
                .header("x-app", "cli")
                .header("referer", "https://there/here")
                .header("forwarded", "for=6.6.6.6")
                .header("proxy-authorization", "Basic YTpi")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .header("cookie", "c=1")
                .header("x-forwarded-for", "6.6.6.6")
                .header("user-agent", "tester/1"));

        assertThat(call.headers())
                .containsExactly(
                        new Header("anthropic-version", "2023-06-01"),
                        new Header("anthropic-beta", "a,b"),
                        new Header("anthropic-beta", "c"),
                        new Header("openai-beta", "assistants=v2"));
        assertThat(call.clientIp()).isEqualTo("127.0.0.1");
        assertThat(call.userAgent()).isEqualTo("tester/1");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, chat, /chat/completions, ",
        "/openai/v1/chat/completions, chat, /chat/completions, openai",
        "/gemini/v1/messages, messages, /messages, gemini",
        "/claude/v1/messages, messages, /messages, claude",
        "/v1/messages/count_tokens, count_tokens, /messages/count_tokens, ",
        "/claude/v1/messages/count_tokens, count_tokens, /messages/count_tokens, claude",
        "/v1/responses, responses, /responses, ",
        "/v1/responses/compact, responses, /responses/compact, ",
        "/openai/v1/completions, completions, /completions, openai",
        "/v1/embeddings, embeddings, /embeddings, ",
        "/v1/images/generations, images, /images/generations, ",
        "/v1/images/edits, images, /images/edits, ",
        "/v1/audio/speech, audio, /audio/speech, ",
        "/v1/moderations, moderations, /moderations, ",
    })
    void know_their_dialect_and_the_family_a_prefix_pins(String path, String dialect, String below, String platform)
            throws Exception {
        RelayCall call = call(SERVER.request(path));

        assertThat(call.dialect()).isEqualTo(dialect);
        assertThat(call.path()).isEqualTo(below);
        assertThat(call.pinnedPlatform()).isEqualTo(platform);
    }

    @Test
    void carry_the_very_bytes_of_the_body_and_an_id_of_ours() throws Exception {
        String body =
                "{ \"model\" : \"gpt-4.1\",\r\n\"messages\":[{\"role\":\"user\",\"content\":\"grüß 😀 \\u00e9\"}]}";

        var response = SERVER.post(RelayServer.CHAT, body);

        RelayCall call = SERVER.calls.take();
        assertThat(new String(call.body().bytes(), UTF_8)).isEqualTo(body);
        assertThat(call.body().model()).isEqualTo("gpt-4.1");
        assertThat(call.id().value().version()).isEqualTo(7);
        assertThat(response.headers().firstValue("x-request-id"))
                .contains(call.id().text());
    }

    @Test
    void come_from_whom_a_trusted_proxy_names() throws Exception {
        try (RelayServer server = new RelayServer(java.util.Map.of("tollgate.trusted-proxies", "127.0.0.0/8"))) {
            server.serve((call, client) ->
                    new RelayOutcome.Answered(new AnswerHead(200, List.of()), new byte[0], null, List.of()));
            var unused = server.send(server.request(RelayServer.CHAT)
                    .header("x-forwarded-for", "6.6.6.6, 203.0.113.9")
                    .POST(BodyPublishers.ofString(RelayServer.CHAT_BODY)));

            assertThat(server.calls.take().clientIp()).isEqualTo("203.0.113.9");
        }
    }

    private static HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SERVER.port() + path));
    }

    private static RelayCall call(HttpRequest.Builder request) throws Exception {
        var response = SERVER.send(request.POST(BodyPublishers.ofString(RelayServer.CHAT_BODY)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return SERVER.calls.poll(5, TimeUnit.SECONDS);
    }
}
