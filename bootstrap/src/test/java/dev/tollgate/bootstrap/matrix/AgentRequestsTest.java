package dev.tollgate.bootstrap.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.WholeServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole requests of coding agents, over 100 KB each, are served by every platform. */
class AgentRequestsTest {
    private static final int LARGE = 100 * 1024;

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static FakeProvider upstream;
    private static Caller caller;
    private static String key;

    @BeforeAll
    static void set_up() throws IOException {
        upstream = new FakeProvider();
        for (Provider provider : Provider.values()) {
            String model = provider.model(Scenario.PLAIN);
            SERVER.world().model(model, provider.family(), "3", "15");
            SERVER.world()
                    .account(
                            provider.type(),
                            upstream.uri().resolve(provider.base()),
                            Map.of("credentials", provider.credentials(), "allowed_models", List.of(model)));
        }
        key = SERVER.world().key(SERVER.world().user("ann", "1000"), Map.of());
        caller = new Caller(SERVER.uri(), key);
    }

    @AfterAll
    static void tear_down() {
        upstream.close();
    }

    @Test
    void claude_code() {
        everywhere(model -> "/v1/messages?beta=true", AgentRequests::messages, "message_stop");
    }

    @Test
    void codex() {
        everywhere(model -> "/v1/responses", AgentRequests::responses, "response.completed");
    }

    @Test
    void an_agent_on_chat_completions() {
        everywhere(model -> "/v1/chat/completions", AgentRequests::chat, "[DONE]");
    }

    @Test
    void geminis_command_line() {
        everywhere(
                model -> "/v1beta/models/" + model + ":streamGenerateContent?alt=sse",
                model -> AgentRequests.generateContent(),
                "\"finishReason\":\"STOP\"");
    }

    private static void everywhere(
            Function<String, String> path, Function<String, Map<String, Object>> request, String end) {
        SoftAssertions all = new SoftAssertions();
        for (Provider provider : Provider.values()) {
            String model = provider.model(Scenario.PLAIN);
            byte[] body = Json.bytes(request.apply(model));
            assertThat(body).hasSizeGreaterThan(LARGE);

            HttpResponse<byte[]> answer = caller.post(
                    path.apply(model),
                    Map.of(
                            "content-type", "application/json",
                            "x-api-key", key,
                            "anthropic-version", "2023-06-01",
                            "anthropic-beta", "claude-code-20250219,interleaved-thinking-2025-05-14"),
                    body);

            String told = new String(answer.body(), UTF_8);
            all.assertThat(answer.statusCode()).as("%s: %s", provider, told).isEqualTo(200);
            all.assertThat(told).as("%s", provider).contains(" is well.", end);
            all.assertThat(upstream.lastAsked()).as("%s", provider).contains("Example { int value", "Go on.");
        }
        all.assertAll();
    }
}
