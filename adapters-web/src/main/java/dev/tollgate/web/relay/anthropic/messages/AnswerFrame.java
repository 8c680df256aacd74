package dev.tollgate.web.relay.anthropic.messages;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.StopReason;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the blocks of an answer, streamed or whole.
 *
 * @param model as the caller wrote it
 * @param thinks whether thinking may appear at all: only to those who asked for it
 * @param isThinkingShown whether its words appear too, and not only what the next turn needs of it
 */
record AnswerFrame(String id, String model, boolean stream, boolean thinks, boolean isThinkingShown) {
    static AnswerFrame of(RelayCall call, Conversation conversation) {
        Reasoning reasoning = conversation.reasoning();
        return new AnswerFrame(
                "msg_" + call.id().text().replace("-", ""),
                call.body().model(),
                call.body().stream(),
                reasoning != null && !(reasoning instanceof Reasoning.Off),
                reasoning != null && reasoning.isShown());
    }

    /** The members of a message up to its content. */
    void writeHead(JsonGenerator json) throws IOException {
        json.writeStringField("id", id);
        json.writeStringField("type", "message");
        json.writeStringField("role", "assistant");
        json.writeStringField("model", model);
    }

    static void writeStop(JsonGenerator json, @Nullable String reason, @Nullable String sequence) throws IOException {
        json.writeStringField("stop_reason", reason);
        json.writeStringField("stop_sequence", sequence);
    }

    /** Input without what came from and went to the cache, output with thinking. */
    static void writeUsage(JsonGenerator json, TokenUsage usage) throws IOException {
        json.writeObjectFieldStart("usage");
        json.writeNumberField("input_tokens", usage.input());
        json.writeNumberField("cache_creation_input_tokens", usage.cacheWrite());
        json.writeNumberField("cache_read_input_tokens", usage.cacheRead());
        json.writeObjectFieldStart("cache_creation");
        json.writeNumberField("ephemeral_5m_input_tokens", usage.of(TokenClass.CACHE_WRITE_5M));
        json.writeNumberField("ephemeral_1h_input_tokens", usage.of(TokenClass.CACHE_WRITE_1H));
        json.writeEndObject();
        json.writeNumberField("output_tokens", usage.output());
        if (usage.of(TokenClass.REASONING) > 0) {
            json.writeObjectFieldStart("output_tokens_details");
            json.writeNumberField("thinking_tokens", usage.of(TokenClass.REASONING));
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /**
     * The dialect's word for why an answer ended. It has none for output that could not be used: {@code max_tokens} is
     * the one that says the answer is incomplete and the turn can be tried again; {@code end_turn} would hide it, and
     * {@code refusal} would blame the caller.
     *
     * @param refused whether the model declined in words, whatever the platform's own reason
     */
    static String word(StopReason reason, boolean refused) {
        return switch (reason) {
            case END -> refused ? "refusal" : "end_turn";
            case STOP_SEQUENCE -> "stop_sequence";
            case MAX_OUTPUT, MALFORMED, OTHER -> "max_tokens";
            case CONTEXT_FULL -> "model_context_window_exceeded";
            case TOOL_CALLS -> "tool_use";
            case REFUSED -> "refusal";
            case PAUSED -> "pause_turn";
        };
    }
}
