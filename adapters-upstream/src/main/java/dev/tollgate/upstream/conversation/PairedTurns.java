package dev.tollgate.upstream.conversation;

import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.application.relay.conversation.Turn.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns in which every tool call has its one result, at once after it: platforms refuse histories that were cut, as
 * clients do to save context. Assistant turns in a row become one; the results of its calls are the first user turn
 * after it, in the order of the calls, and nothing else is in that turn. A call without a result is given one that says
 * so; a result without a call becomes text.
 */
public final class PairedTurns {
    private static final String MISSING = "The result of this tool call is missing.";

    private final List<Turn> paired = new ArrayList<>();

    private PairedTurns() {}

    public static List<Turn> of(List<Turn> turns) {
        PairedTurns reading = new PairedTurns();
        int at = 0;
        while (at < turns.size()) {
            int replies = endOf(turns, at, true);
            int next = endOf(turns, replies, false);
            reading.exchange(turns.subList(at, replies), turns.subList(replies, next));
            at = next;
        }
        return reading.paired;
    }

    private static int endOf(List<Turn> turns, int from, boolean assistant) {
        int end = from;
        while (end < turns.size() && (turns.get(end).role() == Role.ASSISTANT) == assistant) {
            end++;
        }
        return end;
    }

    /** What the assistant says and what it is answered. */
    private void exchange(List<Turn> said, List<Turn> answered) {
        Map<String, Part.ToolCall> calls = new LinkedHashMap<>();
        List<Part> parts = new ArrayList<>();
        for (Turn turn : said) {
            turn.parts().stream().filter(part -> isNew(part, calls)).forEach(parts::add);
        }
        if (!parts.isEmpty()) {
            paired.add(new Turn(Role.ASSISTANT, parts));
        }
        Map<String, Part> results = new LinkedHashMap<>();
        calls.forEach((id, call) -> results.put(id, missing(call)));
        List<Turn> rest = new ArrayList<>();
        for (Turn turn : answered) {
            rest.add(new Turn(turn.role(), taken(turn, calls, results)));
        }
        if (!results.isEmpty()) {
            paired.add(new Turn(Role.USER, List.copyOf(results.values())));
        }
        rest.stream().filter(turn -> !turn.parts().isEmpty()).forEach(paired::add);
    }

    /** A second call of the same id cannot be told apart from the first. */
    private static boolean isNew(Part part, Map<String, Part.ToolCall> calls) {
        return !(part instanceof Part.ToolCall call) || calls.putIfAbsent(call.id(), call) == null;
    }

    private static Part missing(Part.ToolCall call) {
        return new Part.ToolResult(call.id(), call.name(), List.of(new Part.Text(MISSING)), true);
    }

    /** Takes the results of the calls out of a turn; what is left of it. */
    private static List<Part> taken(Turn turn, Map<String, Part.ToolCall> calls, Map<String, Part> results) {
        List<Part> left = new ArrayList<>();
        for (Part part : turn.parts()) {
            if (!(part instanceof Part.ToolResult result)) {
                left.add(part);
                continue;
            }
            Part.ToolCall call = calls.remove(result.callId());
            if (call != null) {
                results.put(call.id(), new Part.ToolResult(call.id(), call.name(), result.content(), result.isError()));
            } else {
                left.add(new Part.Text("Result of the tool call " + result.callId() + ":"));
                left.addAll(result.content());
            }
        }
        return left;
    }

    /** The same turns with neighbours of one role made one. */
    public static List<Turn> merged(List<Turn> turns) {
        List<Turn> merged = new ArrayList<>();
        for (Turn turn : turns) {
            Turn before = merged.isEmpty() ? null : merged.getLast();
            if (before == null || before.role() != turn.role()) {
                merged.add(turn);
                continue;
            }
            List<Part> parts = new ArrayList<>(before.parts());
            parts.addAll(turn.parts());
            merged.set(merged.size() - 1, new Turn(turn.role(), parts));
        }
        return merged;
    }
}
