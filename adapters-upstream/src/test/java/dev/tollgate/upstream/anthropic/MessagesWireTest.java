package dev.tollgate.upstream.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.upstream.Calls;
import org.junit.jupiter.api.Test;

class MessagesWireTest {
    private static final Calls CALL = Calls.messages("http://localhost");

    @Test
    void a_body_that_needs_no_change_is_not_touched() {
        assertThat(sent(CALL.streamed())).isEqualTo(CALL.body());
    }

    @Test
    void the_output_bound_replaces_the_callers() {
        assertThat(sent(CALL.bound(64).body("{\"max_tokens\": 9000 }"))).isEqualTo("{\"max_tokens\": 64 }");
        assertThat(sent(CALL.bound(64).body("{\"n\":1}"))).isEqualTo("{\"max_tokens\":64,\"n\":1}");
    }

    @Test
    void a_thinking_budget_is_kept_below_the_bound() {
        String body = "{\"max_tokens\":9000,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":8000}}";

        assertThat(sent(CALL.bound(2000).body(body)))
                .isEqualTo("{\"max_tokens\":2000,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1999}}");
        assertThat(sent(CALL.bound(8001).body(body))).contains("\"budget_tokens\":8000");
    }

    @Test
    void a_bound_too_small_to_think_with_is_refused_as_the_api_would() {
        String body = "{\"max_tokens\":9000,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":8000}}";

        MessagesWire.Body refused =
                MessagesWire.body(CALL.bound(1024).body(body).request());

        assertThat(refused).isInstanceOfSatisfying(MessagesWire.Body.Refused.class, why -> {
            assertThat(why.error().status()).isEqualTo(400);
            assertThat(why.error().field()).isEqualTo("thinking");
            assertThat(why.error().message()).contains("1024");
        });
    }

    private static String sent(Calls call) {
        return new String(((MessagesWire.Body.Ready) MessagesWire.body(call.request())).bytes(), UTF_8);
    }
}
