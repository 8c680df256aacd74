package dev.tollgate.application.relay.conversation;

import java.util.List;

/**
 * Whether tools are to be used.
 *
 * @param names the only ones that may be; empty: all
 * @param parallel whether several calls may be made in one turn
 */
public record ToolChoice(Mode mode, List<String> names, boolean parallel) {
    public static final ToolChoice AUTO = new ToolChoice(Mode.AUTO, List.of(), true);

    public ToolChoice {
        names = List.copyOf(names);
    }

    public enum Mode {
        AUTO,
        NONE,
        /** At least one call must be made; with a single name, of that tool. */
        REQUIRED
    }
}
