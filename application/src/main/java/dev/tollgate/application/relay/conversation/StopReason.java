package dev.tollgate.application.relay.conversation;

/** Why an answer ended. */
public enum StopReason {
    END,
    STOP_SEQUENCE,
    MAX_OUTPUT,
    CONTEXT_FULL,
    TOOL_CALLS,
    /** Declined, or stopped by a filter of content. */
    REFUSED,
    /** The provider pauses and wants the turn sent back to go on. */
    PAUSED,
    /** The model's own output could not be used: a malformed tool call and the like. */
    MALFORMED,
    OTHER
}
