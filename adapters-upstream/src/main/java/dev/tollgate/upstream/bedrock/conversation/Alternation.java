package dev.tollgate.upstream.bedrock.conversation;

import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.application.relay.conversation.Turn.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The turns as Converse takes them: the user first, then each after the other, no turn and no text empty, every tool
 * call answered in the turn after it and nothing answered that was not asked. What a caller's shortened history lacks is
 * put in.
 */
final class Alternation {
    private static final Part.Text GO_ON = new Part.Text("Please continue.");
    private static final List<Part> NO_RESULT = List.of(new Part.Text("There is no result."));

    private Alternation() {}

    /** @param sayable what of a turn's parts can be said at all, and how */
    static List<Turn> of(List<Turn> turns, UnaryOperator<List<Part>> sayable) {
        List<Turn> merged = new ArrayList<>();
        for (Turn turn : turns) {
            List<Part> parts = sayable.apply(turn.parts()).stream()
                    .filter(Alternation::isThere)
                    .toList();
            if (turn.role() != Role.SYSTEM && !parts.isEmpty()) {
                append(merged, turn.role(), parts);
            }
        }
        List<Turn> paired = paired(merged);
        if (paired.isEmpty() || paired.get(0).role() != Role.USER) {
            paired.add(0, new Turn(Role.USER, List.of(GO_ON)));
        }
        return paired;
    }

    private static boolean isThere(Part part) {
        return !(part instanceof Part.Text(String text) && text.isBlank());
    }

    private static void append(List<Turn> turns, Role role, List<Part> parts) {
        int last = turns.size() - 1;
        if (last >= 0 && turns.get(last).role() == role) {
            List<Part> both = new ArrayList<>(turns.get(last).parts());
            both.addAll(parts);
            turns.set(last, new Turn(role, both));
        } else {
            turns.add(new Turn(role, parts));
        }
    }

    private static List<Turn> paired(List<Turn> turns) {
        List<Turn> paired = new ArrayList<>();
        List<Part.ToolCall> open = List.of();
        for (Turn turn : turns) {
            if (turn.role() == Role.ASSISTANT) {
                paired.add(turn);
                open = calls(turn);
            } else {
                paired.add(new Turn(Role.USER, answered(open, turn.parts())));
                open = List.of();
            }
        }
        if (!open.isEmpty()) {
            paired.add(new Turn(Role.USER, answered(open, List.of())));
        }
        return paired;
    }

    private static List<Part.ToolCall> calls(Turn turn) {
        return turn.parts().stream()
                .filter(Part.ToolCall.class::isInstance)
                .map(Part.ToolCall.class::cast)
                .toList();
    }

    /** The results of the calls in their order, then everything else; a result nobody asked for is told as text. */
    private static List<Part> answered(List<Part.ToolCall> calls, List<Part> parts) {
        Map<String, Part> results = new LinkedHashMap<>();
        calls.forEach(call -> results.put(call.id(), new Part.ToolResult(call.id(), call.name(), NO_RESULT, true)));
        List<Part> rest = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (Part part : parts) {
            if (!(part instanceof Part.ToolResult result)) {
                rest.add(part);
            } else if (results.containsKey(result.callId()) && !told.contains(result.callId())) {
                results.put(result.callId(), result);
                told.add(result.callId());
            } else {
                rest.addAll(ToolTalk.told(result));
            }
        }
        List<Part> answered = new ArrayList<>(results.values());
        answered.addAll(rest);
        return answered;
    }
}
