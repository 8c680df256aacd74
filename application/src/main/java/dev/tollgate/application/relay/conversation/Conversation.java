package dev.tollgate.application.relay.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request means, in nobody's dialect.
 *
 * @param turns in order, system turns where they stood; two in a row may have the same role
 * @param outputBound the caller's own bound on output tokens, null if absent
 * @param reasoning null where the caller said nothing about it
 * @param dropped the caller's fields that only tune and have no place here, as {@code x-tollgate-dropped} names them
 */
public record Conversation(
        List<Turn> turns,
        List<Tool> tools,
        ToolChoice toolChoice,
        Sampling sampling,
        @Nullable Long outputBound,
        @Nullable Reasoning reasoning,
        OutputFormat format,
        List<String> dropped) {
    public Conversation {
        turns = List.copyOf(turns);
        tools = List.copyOf(tools);
        dropped = List.copyOf(dropped);
    }
}
