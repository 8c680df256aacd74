package dev.tollgate.web.relay.openai.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.application.relay.conversation.StopReason;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import java.io.IOException;

/** The end of a chat completion: why it ended, and its usage. */
final class ChatFinish {
    private ChatFinish() {}

    /**
     * Pausing, a malformed output and unnamed reasons have no word here; {@code length}, the one that says the answer is
     * not whole, keeps them from passing for a clean end.
     *
     * @param hasCalls whether the answer holds tool calls; clients run them only if the reason says so
     */
    static String word(StopReason reason, boolean hasCalls) {
        return switch (reason) {
            case END, STOP_SEQUENCE -> hasCalls ? "tool_calls" : "stop";
            case TOOL_CALLS -> "tool_calls";
            case REFUSED -> "content_filter";
            case MAX_OUTPUT, CONTEXT_FULL, PAUSED, MALFORMED, OTHER -> "length";
        };
    }

    /** Both totals are inclusive here: the prompt of what caches read and wrote, the completion of reasoning. */
    static void writeUsage(JsonGenerator json, TokenUsage usage) throws IOException {
        json.writeStartObject();
        json.writeNumberField("prompt_tokens", usage.context());
        json.writeNumberField("completion_tokens", usage.output());
        json.writeNumberField("total_tokens", usage.total());
        json.writeObjectFieldStart("prompt_tokens_details");
        json.writeNumberField("cached_tokens", usage.cacheRead());
        json.writeNumberField("cache_write_tokens", usage.cacheWrite());
        json.writeNumberField("audio_tokens", usage.of(TokenClass.AUDIO_INPUT));
        json.writeEndObject();
        json.writeObjectFieldStart("completion_tokens_details");
        json.writeNumberField("reasoning_tokens", usage.of(TokenClass.REASONING));
        json.writeNumberField("audio_tokens", usage.of(TokenClass.AUDIO_OUTPUT));
        json.writeNumberField("accepted_prediction_tokens", 0);
        json.writeNumberField("rejected_prediction_tokens", 0);
        json.writeEndObject();
        json.writeEndObject();
    }
}
