package dev.tollgate.web.relay.openai.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.web.relay.JsonText;
import dev.tollgate.web.relay.conversation.ServerSentEvents;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the chunks of a streamed chat completion. */
final class ChatChunks {
    private static final String OBJECT = "chat.completion.chunk";

    private final ChatHead head;
    private final boolean usageAsked;
    private final ServerSentEvents events = new ServerSentEvents();

    ChatChunks(ChatHead head, boolean usageAsked) {
        this.head = head;
        this.usageAsked = usageAsked;
    }

    byte[] taken() {
        return events.taken();
    }

    /** The first chunk. */
    void role() {
        delta(json -> {
            json.writeStringField("role", "assistant");
            json.writeStringField("content", "");
        });
    }

    void text(String member, String piece) {
        delta(json -> json.writeStringField(member, piece));
    }

    void detail(JsonText.Content detail) {
        delta(json -> {
            json.writeArrayFieldStart(ChatThoughts.DETAILS);
            detail.writeTo(json);
            json.writeEndArray();
        });
    }

    /** A chunk whose delta has the members that {@code members} writes. */
    void delta(JsonText.Content members) {
        chunk(members, null);
    }

    /** The last chunks: why it ended, the usage for those who asked for it, and the mark of the end. */
    void end(String reason, TokenUsage usage) {
        chunk(json -> {}, reason);
        if (usageAsked) {
            events.data(json -> {
                json.writeStartObject();
                head.write(json, OBJECT);
                json.writeArrayFieldStart("choices");
                json.writeEndArray();
                json.writeFieldName("usage");
                ChatFinish.writeUsage(json, usage);
                json.writeEndObject();
            });
        }
        events.word("[DONE]");
    }

    private void chunk(JsonText.Content delta, @Nullable String reason) {
        events.data(json -> {
            json.writeStartObject();
            head.write(json, OBJECT);
            json.writeArrayFieldStart("choices");
            writeChoice(json, delta, reason);
            json.writeEndArray();
            if (usageAsked) {
                json.writeNullField("usage");
            }
            json.writeEndObject();
        });
    }

    private static void writeChoice(JsonGenerator json, JsonText.Content delta, @Nullable String reason)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", 0);
        json.writeObjectFieldStart("delta");
        delta.writeTo(json);
        json.writeEndObject();
        json.writeNullField("logprobs");
        json.writeStringField("finish_reason", reason);
        json.writeEndObject();
    }
}
