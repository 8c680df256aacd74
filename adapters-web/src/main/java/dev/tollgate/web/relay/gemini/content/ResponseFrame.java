package dev.tollgate.web.relay.gemini.content;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.StopReason;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.web.relay.JsonText;
import dev.tollgate.web.relay.conversation.WholeAnswer.WholeBlock;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the parts of a response; every piece of a streamed answer is a whole one.
 *
 * @param model as the caller wrote it
 * @param areThoughtsShown whether the caller asked to see thoughts
 */
record ResponseFrame(String id, String model, boolean areThoughtsShown) {
    static ResponseFrame of(RelayCall call, Conversation conversation) {
        Reasoning reasoning = conversation.reasoning();
        return new ResponseFrame(
                call.id().text().replace("-", ""), call.body().model(), reasoning != null && reasoning.isShown());
    }

    /** Whether a block may be told: thoughts in words only to those who asked for them. */
    boolean tells(WholeBlock block) {
        return areThoughtsShown
                || !(block.block() instanceof Block.Thinking)
                || block.text().isEmpty();
    }

    /** @param finishReason null while the answer goes on */
    byte[] response(JsonText.Content parts, @Nullable String finishReason, TokenUsage usage) {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("candidates");
            json.writeStartObject();
            json.writeObjectFieldStart("content");
            json.writeArrayFieldStart("parts");
            parts.writeTo(json);
            json.writeEndArray();
            json.writeStringField("role", "model");
            json.writeEndObject();
            if (finishReason != null) {
                json.writeStringField("finishReason", finishReason);
            }
            json.writeNumberField("index", 0);
            json.writeEndObject();
            json.writeEndArray();
            writeUsage(json, usage);
            json.writeStringField("modelVersion", model);
            json.writeStringField("responseId", id);
            json.writeEndObject();
        });
    }

    /** The prompt with what came from and went to a cache, the candidates without thoughts. */
    private static void writeUsage(JsonGenerator json, TokenUsage usage) throws IOException {
        long thoughts = usage.of(TokenClass.REASONING);
        json.writeObjectFieldStart("usageMetadata");
        json.writeNumberField("promptTokenCount", usage.context());
        if (usage.cacheRead() > 0) {
            json.writeNumberField("cachedContentTokenCount", usage.cacheRead());
        }
        json.writeNumberField("candidatesTokenCount", usage.output() - thoughts);
        if (thoughts > 0) {
            json.writeNumberField("thoughtsTokenCount", thoughts);
        }
        json.writeNumberField("totalTokenCount", usage.total());
        json.writeEndObject();
    }

    /** The dialect's word for why an answer ended; it has none for a pause, and a call of a tool ends cleanly. */
    static String word(StopReason reason, boolean refused) {
        return switch (reason) {
            case END -> refused ? "SAFETY" : "STOP";
            case STOP_SEQUENCE, TOOL_CALLS -> "STOP";
            case MAX_OUTPUT, CONTEXT_FULL -> "MAX_TOKENS";
            case REFUSED -> "SAFETY";
            case MALFORMED -> "MALFORMED_FUNCTION_CALL";
            case PAUSED, OTHER -> "OTHER";
        };
    }
}
