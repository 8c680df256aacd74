package dev.tollgate.upstream.conversation;

import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.application.relay.conversation.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A conversation for platforms that keep the system prompt apart and want user and assistant to alternate, the user
 * first.
 *
 * @param system the texts the conversation begins with
 * @param turns of users and the assistant in turn, the first a user's, none empty; tool results stand first in theirs
 */
public record SpokenTurns(List<String> system, List<Turn> turns) {
    /** Stands where the platform wants words and the caller has none. */
    private static final Part NOTHING_SAID = new Part.Text("…");

    public SpokenTurns {
        system = List.copyOf(system);
        turns = List.copyOf(turns);
    }

    /**
     * Later system turns become a user's, marked by a {@code system} tag; a conversation of nothing but system texts has
     * them said by the user.
     *
     * @param isTellable whether a part means anything to the platform; others are left out
     */
    public static SpokenTurns of(List<Turn> turns, Predicate<Part> isTellable) {
        return of(turns.stream().map(turn -> only(turn, isTellable)).toList());
    }

    private static Turn only(Turn turn, Predicate<Part> isTellable) {
        return new Turn(turn.role(), turn.parts().stream().filter(isTellable).toList());
    }

    private static SpokenTurns of(List<Turn> turns) {
        int opening = 0;
        while (opening < turns.size() && isSystemText(turns.get(opening))) {
            opening++;
        }
        List<String> system = texts(turns.subList(0, opening));
        List<Turn> spoken = new ArrayList<>();
        for (Turn turn : PairedTurns.of(turns.subList(opening, turns.size()))) {
            spoken.add(turn.role() == Role.SYSTEM ? marked(turn.parts()) : turn);
        }
        if (spoken.isEmpty()) {
            List<Part> said = system.stream().<Part>map(Part.Text::new).toList();
            return new SpokenTurns(
                    List.of(), List.of(new Turn(Role.USER, said.isEmpty() ? List.of(NOTHING_SAID) : said)));
        }
        if (spoken.getFirst().role() == Role.ASSISTANT) {
            spoken.addFirst(new Turn(Role.USER, List.of(NOTHING_SAID)));
        }
        return new SpokenTurns(system, PairedTurns.merged(spoken));
    }

    private static boolean isSystemText(Turn turn) {
        return turn.role() == Role.SYSTEM && turn.parts().stream().allMatch(Part.Text.class::isInstance);
    }

    private static List<String> texts(List<Turn> turns) {
        List<String> texts = new ArrayList<>();
        for (Turn turn : turns) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.Text(String text)) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    private static Turn marked(List<Part> parts) {
        List<Part> marked = new ArrayList<>();
        for (Part part : parts) {
            marked.add(
                    part instanceof Part.Text(String text) ? new Part.Text("<system>\n" + text + "\n</system>") : part);
        }
        return new Turn(Role.USER, marked);
    }
}
