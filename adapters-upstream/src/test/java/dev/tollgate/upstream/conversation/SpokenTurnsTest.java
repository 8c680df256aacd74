package dev.tollgate.upstream.conversation;

import static dev.tollgate.upstream.conversation.Asked.assistant;
import static dev.tollgate.upstream.conversation.Asked.system;
import static dev.tollgate.upstream.conversation.Asked.text;
import static dev.tollgate.upstream.conversation.Asked.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpokenTurnsTest {
    private static SpokenTurns spoken(Turn... turns) {
        return SpokenTurns.of(List.of(turns), new TellableParts(null));
    }

    @Test
    void opening_system_turns_stand_apart_and_later_ones_are_marked() {
        SpokenTurns spoken = spoken(system("One."), system("Two."), user("Hi"), system("Three."), user("Go"));

        assertThat(spoken.system()).containsExactly("One.", "Two.");
        assertThat(spoken.turns()).containsExactly(user(text("Hi"), text("<system>\nThree.\n</system>"), text("Go")));
    }

    @Test
    void turns_of_one_role_become_one_when_nothing_is_left_between_them() {
        SpokenTurns spoken = spoken(
                user("Hi"),
                assistant(new Part.Thinking("Hm", null)),
                user("There?"),
                assistant(text("Yes")),
                user(" "));

        assertThat(spoken.turns()).containsExactly(user(text("Hi"), text("There?")), assistant(text("Yes")));
    }

    @Test
    void the_first_turn_is_a_users() {
        assertThat(spoken(assistant(text("Hello"))).turns()).containsExactly(user("…"), assistant(text("Hello")));
    }

    @Test
    void a_conversation_of_system_texts_has_them_said_by_the_user() {
        SpokenTurns spoken = spoken(system("Write a poem."));

        assertThat(spoken.system()).isEmpty();
        assertThat(spoken.turns()).containsExactly(user("Write a poem."));
    }
}
