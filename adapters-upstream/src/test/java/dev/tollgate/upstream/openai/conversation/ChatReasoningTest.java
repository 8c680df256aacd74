package dev.tollgate.upstream.openai.conversation;

import static dev.tollgate.upstream.conversation.Asked.function;
import static dev.tollgate.upstream.conversation.Asked.system;
import static dev.tollgate.upstream.conversation.Asked.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Reasoning.Effort;
import dev.tollgate.upstream.conversation.Asked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatReasoningTest {
    private static final ChatPlatformCodec CHAT = new ChatPlatformCodec();

    private static Asked asked(String model) {
        return Asked.of(model, user("Hi"));
    }

    @ParameterizedTest
    @CsvSource({
        "o3, MINIMAL, low",
        "gpt-5, MINIMAL, minimal",
        "gpt-5-2025-08-07, LOW, low",
        "gpt-5.1, MINIMAL, low",
        "gpt-5.1, MAX, high",
        "openai/gpt-5.2, MAX, xhigh",
        "gpt-5.2, XHIGH, xhigh",
        "gpt-oss-120b, MEDIUM, medium"
    })
    void an_effort_is_one_the_model_knows(String model, Effort effort, String told) {
        assertThat(asked(model)
                        .reasoning(new Reasoning.Adaptive(effort, true))
                        .body(CHAT)
                        .path("reasoning_effort")
                        .asText())
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"1024, low", "4000, medium", "10000, high"})
    void a_budget_is_an_effort(long budget, String told) {
        assertThat(asked("gpt-5.1")
                        .reasoning(new Reasoning.Budget(budget, true))
                        .body(CHAT)
                        .path("reasoning_effort")
                        .asText())
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"gpt-5.1, none,", "gpt-5, minimal,", "o3, low, reasoning", "gpt-4o, '',"})
    void no_thinking_is_as_little_as_the_model_can(String model, String told, @Nullable String dropped) {
        Asked asked = asked(model).reasoning(new Reasoning.Off());

        assertThat(asked.body(CHAT).path("reasoning_effort").asText()).isEqualTo(told);
        assertThat(asked.dropped(CHAT).stream().findFirst().orElse(null)).isEqualTo(dropped);
    }

    @Test
    void a_model_that_does_not_think_is_told_no_effort() {
        Asked asked = asked("gpt-4o").reasoning(new Reasoning.Adaptive(Effort.HIGH, true));

        assertThat(asked.body(CHAT).has("reasoning_effort")).isFalse();
        assertThat(asked.by("messages").dropped(CHAT)).containsExactly("thinking");
    }

    @Test
    void from_5_4_on_functions_go_with_no_effort_only() {
        Asked asked = asked("gpt-5.4-mini").tools(function("f"));

        assertThat(asked.body(CHAT).path("reasoning_effort").asText()).isEqualTo("none");
        assertThat(asked.dropped(CHAT)).isEmpty();
        assertThat(asked.reasoning(new Reasoning.Budget(4000, true)).dropped(CHAT))
                .containsExactly("reasoning");
    }

    @Test
    void a_reasoning_model_refuses_sampling_and_has_developers() {
        Asked asked = Asked.of("o4-mini", system("Be brief."), user("Hi")).sampledInEveryWay();

        assertThat(asked.dropped(CHAT))
                .containsExactly("temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty");
        assertThat(asked.body(CHAT).at("/messages/0/role").asText()).isEqualTo("developer");
        assertThat(asked.body(CHAT).path("seed").asInt()).isEqualTo(7);
    }

    @Test
    void others_take_all_but_top_k() {
        Asked asked = asked("gpt-4o").sampledInEveryWay();

        assertThat(asked.dropped(CHAT)).containsExactly("top_k");
        assertThat(asked.body(CHAT).path("temperature").asText()).isEqualTo("0.7");
        assertThat(asked.body(CHAT).path("presence_penalty").asText()).isEqualTo("0.2");
    }

    @Test
    void the_bound_has_the_name_the_server_knows() {
        assertThat(ChatModel.of("gpt-4o").boundName(false)).isEqualTo("max_completion_tokens");
        assertThat(ChatModel.of("llama-4").boundName(true)).isEqualTo("max_tokens");
        assertThat(ChatModel.of("openai/gpt-5-mini").boundName(true)).isEqualTo("max_completion_tokens");
    }
}
