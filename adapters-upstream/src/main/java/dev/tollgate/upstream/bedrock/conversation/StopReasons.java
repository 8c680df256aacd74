package dev.tollgate.upstream.bedrock.conversation;

import dev.tollgate.application.relay.conversation.StopReason;

/** Converse's reasons for an end. */
final class StopReasons {
    private StopReasons() {}

    static StopReason of(String told) {
        return switch (told) {
            case "end_turn" -> StopReason.END;
            case "stop_sequence" -> StopReason.STOP_SEQUENCE;
            case "max_tokens" -> StopReason.MAX_OUTPUT;
            case "model_context_window_exceeded" -> StopReason.CONTEXT_FULL;
            case "tool_use" -> StopReason.TOOL_CALLS;
            case "content_filtered", "guardrail_intervened" -> StopReason.REFUSED;
            case "malformed_model_output", "malformed_tool_use" -> StopReason.MALFORMED;
            default -> StopReason.OTHER;
        };
    }
}
