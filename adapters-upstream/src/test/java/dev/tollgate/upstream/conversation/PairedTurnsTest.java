package dev.tollgate.upstream.conversation;

import static dev.tollgate.upstream.conversation.Asked.assistant;
import static dev.tollgate.upstream.conversation.Asked.call;
import static dev.tollgate.upstream.conversation.Asked.result;
import static dev.tollgate.upstream.conversation.Asked.system;
import static dev.tollgate.upstream.conversation.Asked.text;
import static dev.tollgate.upstream.conversation.Asked.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedTurnsTest {
    private static final Part.ToolCall PARIS = call("a", "weather", "{'city':'Paris'}");
    private static final Part.ToolCall ROME = call("b", "weather", "{'city':'Rome'}");

    @Test
    void the_results_of_a_turn_come_first_in_the_order_of_their_calls() {
        List<Turn> paired = PairedTurns.of(List.of(
                user("Weather?"),
                assistant(PARIS),
                assistant(ROME),
                user(text("Here you are."), result("b", "wet")),
                user(result("a", "dry"))));

        assertThat(paired).hasSize(4);
        assertThat(paired.get(1).parts()).containsExactly(PARIS, ROME);
        assertThat(paired.get(2).parts())
                .extracting(part -> ((Part.ToolResult) part).callId() + ((Part.ToolResult) part).name())
                .containsExactly("aweather", "bweather");
        assertThat(paired.get(3)).isEqualTo(user("Here you are."));
    }

    @Test
    void a_call_without_a_result_is_given_one_that_says_so() {
        List<Turn> paired = PairedTurns.of(List.of(assistant(PARIS, ROME), user(result("b", "wet"))));

        Part.ToolResult missing = (Part.ToolResult) paired.get(1).parts().getFirst();
        assertThat(missing.callId()).isEqualTo("a");
        assertThat(missing.isError()).isTrue();
        assertThat(missing.content()).containsExactly(text("The result of this tool call is missing."));
    }

    @Test
    void calls_at_the_very_end_are_given_results_too() {
        assertThat(PairedTurns.of(List.of(user("Weather?"), assistant(PARIS)))).hasSize(3);
    }

    @Test
    void a_result_without_a_call_becomes_text() {
        List<Turn> paired = PairedTurns.of(List.of(user(result("gone", "dry")), assistant(text("So it is dry."))));

        assertThat(paired.getFirst()).isEqualTo(user(text("Result of the tool call gone:"), text("dry")));
    }

    @Test
    void a_second_result_of_a_call_and_a_late_one_become_text() {
        List<Turn> paired = PairedTurns.of(List.of(
                assistant(PARIS),
                user(result("a", "dry"), result("a", "wet")),
                assistant(text("Hm.")),
                user(result("a", "late"))));

        assertThat(paired.get(1).parts()).hasSize(1);
        assertThat(paired.get(2).parts()).contains(text("wet"));
        assertThat(paired.get(4).parts()).contains(text("late"));
    }

    @Test
    void a_system_turn_between_calls_and_results_comes_after_them() {
        List<Turn> paired = PairedTurns.of(List.of(assistant(PARIS), system("Be brief."), user(result("a", "dry"))));

        assertThat(paired)
                .extracting(Turn::role)
                .containsExactly(Turn.Role.ASSISTANT, Turn.Role.USER, Turn.Role.SYSTEM);
    }
}
