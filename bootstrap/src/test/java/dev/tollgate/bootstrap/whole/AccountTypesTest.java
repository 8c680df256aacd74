package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.FixedUpstream;
import dev.tollgate.bootstrap.server.FixedUpstream.Reply;
import dev.tollgate.bootstrap.server.WholeServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An account of every type, set up as an operator does and tried out by {@code POST /{id}/test}. */
class AccountTypesTest {
    private static final String PATH = "/api/admin/accounts";
    private static final String MESSAGE = """
            {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"Hi"}],
             "stop_reason":"max_tokens","stop_sequence":null,"usage":{"input_tokens":8,"output_tokens":1}}""";
    private static final String CHAT = """
            {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":
             {"role":"assistant","content":"Hi"},"finish_reason":"length"}],
             "usage":{"prompt_tokens":8,"completion_tokens":1,"total_tokens":9}}""";
    private static final String CONTENT = """
            {"candidates":[{"content":{"role":"model","parts":[{"text":"Hi"}]},"finishReason":"MAX_TOKENS","index":0}],
             "usageMetadata":{"promptTokenCount":8,"candidatesTokenCount":1,"totalTokenCount":9}}""";
    private static final String CONVERSED = """
            {"output":{"message":{"role":"assistant","content":[{"text":"Hi"}]}},"stopReason":"max_tokens",
             "usage":{"inputTokens":8,"outputTokens":1,"totalTokens":9},"metrics":{"latencyMs":5}}""";

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static FixedUpstream upstream;

    @BeforeAll
    static void set_up() throws IOException {
        upstream = new FixedUpstream(Map.of(
                "/v1/messages", Reply.json(MESSAGE),
                "/v1/chat/completions", Reply.json(CHAT),
                "/openai/deployments/mine/chat/completions", Reply.json(CHAT),
                "/openai/v1/chat/completions", Reply.json(CHAT),
                "/models/chat/completions", Reply.json(CHAT),
                "/v1beta/models/gemini-2.5-flash:generateContent", Reply.json(CONTENT),
                "/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/invoke", Reply.json(MESSAGE),
                "/model/amazon.nova-lite-v1%3A0/converse", Reply.json(CONVERSED)));
    }

    @AfterAll
    static void tear_down() {
        upstream.close();
    }

    /** What an operator enters, and what the upstream must be shown for it. */
    record Given(
            String type,
            String base,
            Map<String, Object> credentials,
            Map<String, Object> more,
            String model,
            String sent,
            String header,
            String shown) {
        @Override
        public String toString() {
            return type + base + " " + model;
        }
    }

    static List<Given> accounts() {
        Map<String, Object> key = Map.of("api_key", "test-upstream-key");
        Map<String, Object> none = Map.of();
        Map<String, Object> signed =
                Map.of("access_key_id", "AKIDEXAMPLE", "secret_access_key", "wJalrXUtnFEMI", "region", "us-east-1");
        Map<String, Object> deployed = Map.of("api_key", "azure-key", "deployments", Map.of("gpt-4o-mini", "mine"));
        Map<String, Object> profile =
                Map.of("model_mapping", Map.of("claude-sonnet-4-5", "anthropic.claude-sonnet-4-5-20250929-v1:0"));
        String claude = "claude-sonnet-4-5";
        String gpt = "gpt-4o-mini";
        return List.of(
                new Given("claude", "", key, none, claude, claude, "x-api-key", "test-upstream-key"),
                new Given(
                        "claude-oauth",
                        "",
                        Map.of("access_token", "an-access-token"),
                        none,
                        claude,
                        claude,
                        "authorization",
                        "Bearer an-access-token"),
                new Given("openai", "/v1", key, none, gpt, gpt, "authorization", "Bearer test-upstream-key"),
                new Given("azure-openai", "", deployed, none, gpt, gpt, "api-key", "azure-key"),
                new Given("azure-openai", "/openai/v1", key, none, gpt, gpt, "api-key", "test-upstream-key"),
                new Given("azure-openai", "/models", key, none, gpt, gpt, "api-key", "test-upstream-key"),
                new Given(
                        "gemini",
                        "",
                        key,
                        none,
                        "gemini-2.5-flash",
                        "gemini-2.5-flash",
                        "x-goog-api-key",
                        "test-upstream-key"),
                new Given(
                        "bedrock",
                        "",
                        signed,
                        profile,
                        claude,
                        "anthropic.claude-sonnet-4-5-20250929-v1:0",
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"),
                new Given(
                        "bedrock",
                        "",
                        Map.of("api_key", "bedrock-key", "region", "us-east-1"),
                        none,
                        "amazon.nova-lite-v1:0",
                        "amazon.nova-lite-v1:0",
                        "authorization",
                        "Bearer bedrock-key"));
    }

    @ParameterizedTest
    @MethodSource("accounts")
    void an_account_is_set_up_and_tried_out(Given given) {
        long id = SERVER.world()
                .account(
                        given.type(), upstream.uri().resolve(given.base().isEmpty() ? "/" : given.base()), more(given));

        JsonNode result = SERVER.admin().post(PATH + "/" + id + "/test", Map.of("model", given.model()));

        assertThat(result.get("error").isNull()).as("%s", result).isTrue();
        assertThat(result.get("ok").asBoolean()).isTrue();
        assertThat(result.get("http_status").asInt()).isEqualTo(200);
        assertThat(result.get("model").asText()).isEqualTo(given.sent());
        assertThat(upstream.lastAsked().header(given.header())).startsWith(given.shown());
        assertThat(upstream.lastAsked().header("x-team")).isEqualTo("blue");
        assertThat(SERVER.admin().get(PATH + "/" + id).get("status").asText()).isEqualTo("valid");
    }

    @Test
    void every_type_names_its_credentials_and_insists_on_those_it_needs() {
        JsonNode types = SERVER.admin().get(PATH + "/types");
        assertThat(types).hasSize(7);
        for (JsonNode type : types) {
            JsonNode answer = SERVER.admin()
                    .request(
                            "POST",
                            PATH,
                            Map.of(
                                    "name",
                                    "nothing given",
                                    "type",
                                    type.get("type").asText()));
            List<String> wrong = answer.at("/data/errors").findValuesAsText("field");
            for (JsonNode field : type.get("credentials")) {
                String name = "credentials." + field.get("name").asText();
                assertThat(wrong.contains(name) || !field.get("required").asBoolean())
                        .as("%s: %s", type, answer)
                        .isTrue();
            }
        }
    }

    private static Map<String, Object> more(Given given) {
        Map<String, Object> more = new HashMap<>(given.more());
        more.put("credentials", given.credentials());
        more.put("extra_headers", Map.of("x-team", "blue"));
        return more;
    }
}
