package dev.tollgate.web.relay.openai.responses;

import dev.tollgate.application.relay.conversation.StopReason;
import org.jspecify.annotations.Nullable;

/**
 * What a response says of its end; the last event is named after it.
 *
 * @param word {@code in_progress}, {@code completed}, {@code incomplete} or {@code failed}
 * @param incompleteReason null unless it is incomplete
 */
record ResponseStatus(String word, @Nullable String incompleteReason) {
    static final ResponseStatus IN_PROGRESS = new ResponseStatus("in_progress", null);

    private static final String BOUND = "max_output_tokens";

    /**
     * Pausing and unnamed reasons have no word here; the bound's, which says that the answer is not whole, keeps them
     * from passing for a clean end. What the model garbled has failed.
     */
    static ResponseStatus of(StopReason reason) {
        return switch (reason) {
            case END, STOP_SEQUENCE, TOOL_CALLS -> new ResponseStatus("completed", null);
            case MAX_OUTPUT, CONTEXT_FULL, PAUSED, OTHER -> new ResponseStatus("incomplete", BOUND);
            case REFUSED -> new ResponseStatus("incomplete", "content_filter");
            case MALFORMED -> new ResponseStatus("failed", null);
        };
    }

    boolean isFailed() {
        return word.equals("failed");
    }
}
