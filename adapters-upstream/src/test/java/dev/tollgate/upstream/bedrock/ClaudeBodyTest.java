package dev.tollgate.upstream.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Header;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaudeBodyTest {
    private static final String VERSION = "\"anthropic_version\":\"bedrock-2023-05-31\"";

    @Test
    void the_model_and_the_stream_are_not_in_it_and_the_rest_is_as_it_was() {
        String rest = "\"max_tokens\": 5,\"system\":[{\"type\":\"text\",\"text\":\"\\u00e9 \\/\","
                + "\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}]";

        ClaudeBody.Written written = written(
                "{ \"model\" : \"claude-sonnet-4-5\" , \"stream\": true,\n " + rest + " ,\"temperature\": 1.0 }",
                List.of());

        assertThat(text(written)).isEqualTo("{" + VERSION + "," + rest + ",\"temperature\": 1.0}");
        assertThat(written.dropped()).isEmpty();
    }

    @Test
    void betas_move_from_the_header_into_the_body_but_for_those_bedrock_refuses() {
        ClaudeBody.Written written = written(
                "{\"max_tokens\":5,\"anthropic_beta\":[\"context-1m-2025-08-07\"]}",
                List.of(
                        new Header("Anthropic-Beta", "interleaved-thinking-2025-05-14, oauth-2025-04-20"),
                        new Header("anthropic-beta", "context-1m-2025-08-07")));

        assertThat(text(written))
                .isEqualTo("{" + VERSION + ",\"anthropic_beta\":[\"interleaved-thinking-2025-05-14\","
                        + "\"context-1m-2025-08-07\"],\"max_tokens\":5}");
        assertThat(written.dropped()).containsExactly("anthropic-beta:oauth-2025-04-20");
    }

    @Test
    void what_only_tunes_anthropics_own_service_is_dropped_and_named() {
        ClaudeBody.Written written =
                written("{\"service_tier\":\"auto\",\"max_tokens\":5,\"speed\":\"fast\",\"model\":\"m\"}", List.of());

        assertThat(text(written)).isEqualTo("{" + VERSION + ",\"max_tokens\":5}");
        assertThat(written.dropped()).containsExactly("service_tier", "speed");
    }

    @Test
    void the_thinking_of_other_providers_is_left_out_as_for_anthropic_itself() {
        String foreign = "{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"tollgate:gemini:AbC\"},";
        String asked = "{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000},\"messages\":["
                + "{\"role\":\"assistant\",\"content\":[" + foreign + "{\"type\":\"tool_use\",\"id\":\"t\"}]},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\"}]}]}";

        ClaudeBody.Written written = written(asked, List.of());

        assertThat(text(written))
                .contains("\"content\":[{\"type\":\"tool_use\"", "\"thinking\":{\"type\":\"disabled\"}")
                .doesNotContain("tollgate:");
        assertThat(written.dropped()).containsExactly("thinking");
    }

    private static ClaudeBody.Written written(String body, List<Header> headers) {
        return (ClaudeBody.Written) ClaudeBody.of(BedrockCalls.messages("http://localhost", body, true, headers));
    }

    private static String text(ClaudeBody.Written written) {
        return new String(written.bytes(), UTF_8);
    }
}
