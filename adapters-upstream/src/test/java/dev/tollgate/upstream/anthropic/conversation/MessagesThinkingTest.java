package dev.tollgate.upstream.anthropic.conversation;

import static dev.tollgate.upstream.conversation.Asked.assistant;
import static dev.tollgate.upstream.conversation.Asked.call;
import static dev.tollgate.upstream.conversation.Asked.function;
import static dev.tollgate.upstream.conversation.Asked.json;
import static dev.tollgate.upstream.conversation.Asked.result;
import static dev.tollgate.upstream.conversation.Asked.text;
import static dev.tollgate.upstream.conversation.Asked.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Reasoning.Effort;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.ToolChoice.Mode;
import dev.tollgate.upstream.conversation.Asked;
import org.junit.jupiter.api.Test;

class MessagesThinkingTest {
    private static final MessagesPlatformCodec MESSAGES = new MessagesPlatformCodec();
    private static final Reasoning HIGH = new Reasoning.Adaptive(Effort.HIGH, true);

    private static Asked asked(String model) {
        return Asked.of(model, user("Hi"));
    }

    private static Asked inToolLoop(String model, Part... said) {
        return Asked.of(model, user("Hi"), assistant(said), user(result("a", "x")))
                .tools(function("f"))
                .reasoning(HIGH);
    }

    private static String thinking(Asked asked) {
        JsonNode body = asked.body(MESSAGES);
        return body.path("thinking") + " " + body.path("output_config");
    }

    @Test
    void an_effort_is_a_budget_for_older_models() {
        assertThat(thinking(asked("claude-sonnet-4-5").reasoning(HIGH)))
                .isEqualTo(json("{'type':'enabled','budget_tokens':4096} "));
        assertThat(thinking(asked("claude-sonnet-4-5").reasoning(new Reasoning.Adaptive(null, false))))
                .isEqualTo(json("{'type':'enabled','budget_tokens':2048} "));
    }

    @Test
    void a_budget_is_an_effort_for_newer_models() {
        assertThat(thinking(asked("claude-opus-4-7").reasoning(new Reasoning.Budget(4000, false))))
                .isEqualTo(json("{'type':'adaptive','display':'omitted'} {'effort':'medium'}"));
        assertThat(thinking(asked("claude-opus-4-7").reasoning(new Reasoning.Adaptive(Effort.XHIGH, true))))
                .isEqualTo(json("{'type':'adaptive','display':'summarized'} {'effort':'xhigh'}"));
        assertThat(thinking(asked("claude-opus-4-6").reasoning(new Reasoning.Adaptive(Effort.XHIGH, true))))
                .endsWith(json("{'effort':'high'}"));
    }

    @Test
    void a_budget_stays_below_the_bound_and_leaves_room_for_the_answer() {
        Asked asked = asked("claude-sonnet-4-5").reasoning(new Reasoning.Budget(20_000, true));

        assertThat(asked.body(MESSAGES).path("max_tokens").asInt()).isEqualTo(28_192);
        assertThat(asked.bound(4000)
                        .body(MESSAGES)
                        .at("/thinking/budget_tokens")
                        .asInt())
                .isEqualTo(3000);
        assertThat(asked.bound(1100)
                        .body(MESSAGES)
                        .at("/thinking/budget_tokens")
                        .asInt())
                .isEqualTo(1024);
        assertThat(asked.bound(1024).dropped(MESSAGES)).containsExactly("reasoning");
    }

    @Test
    void no_thinking_is_said_where_it_can_be() {
        assertThat(thinking(asked("claude-sonnet-4-5").reasoning(new Reasoning.Off())))
                .isEqualTo(json("{'type':'disabled'} "));
        assertThat(asked("claude-fable-5").reasoning(new Reasoning.Off()).dropped(MESSAGES))
                .containsExactly("reasoning");
        assertThat(asked("claude-3-5-haiku-latest").reasoning(HIGH).dropped(MESSAGES))
                .containsExactly("reasoning");
    }

    @Test
    void it_gives_way_to_a_forced_tool_and_to_an_answer_begun() {
        Asked forced = asked("claude-sonnet-4-5")
                .tools(function("f"))
                .choice(Mode.REQUIRED, true)
                .reasoning(HIGH);
        Asked begun = Asked.of("claude-sonnet-4-5", user("Hi"), assistant(text("Once")))
                .reasoning(HIGH);

        assertThat(forced.body(MESSAGES).has("thinking")).isFalse();
        assertThat(forced.dropped(MESSAGES)).containsExactly("reasoning");
        assertThat(begun.dropped(MESSAGES)).containsExactly("reasoning");
    }

    @Test
    void it_is_off_where_the_turn_with_tool_calls_lost_its_thinking_blocks() {
        Part signed = new Part.Thinking("Hm", new Signature(Signature.ANTHROPIC, "sig"));
        Part foreign = new Part.Thinking("Hm", new Signature(Signature.OPENAI, "sig"));

        assertThat(inToolLoop("claude-sonnet-4-5", call("a", "f", "{}")).dropped(MESSAGES))
                .containsExactly("reasoning");
        assertThat(inToolLoop("claude-sonnet-4-5", foreign, call("a", "f", "{}"))
                        .dropped(MESSAGES))
                .containsExactly("reasoning");
        assertThat(inToolLoop("claude-sonnet-4-5", signed, call("a", "f", "{}")).dropped(MESSAGES))
                .isEmpty();
        assertThat(inToolLoop("claude-opus-4-6", call("a", "f", "{}")).dropped(MESSAGES))
                .isEmpty();
    }

    @Test
    void with_it_the_sampling_it_forbids_is_left_out() {
        Asked asked = asked("claude-sonnet-4-0").sampledInEveryWay().reasoning(HIGH);

        assertThat(asked.dropped(MESSAGES))
                .containsExactly("temperature", "top_k", "frequency_penalty", "presence_penalty", "seed");
        assertThat(asked.body(MESSAGES).path("top_p").asText()).isEqualTo("0.96");
    }
}
