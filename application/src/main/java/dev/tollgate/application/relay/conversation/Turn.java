package dev.tollgate.application.relay.conversation;

import java.util.List;

/** One speaker's turn. Tool results stand in {@code USER} turns, tool calls and thinking in {@code ASSISTANT} ones. */
public record Turn(Role role, List<Part> parts) {
    public Turn {
        parts = List.copyOf(parts);
    }

    /** Who speaks; a developer's message is a {@code SYSTEM} one. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }
}
