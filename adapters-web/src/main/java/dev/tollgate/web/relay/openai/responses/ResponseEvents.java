package dev.tollgate.web.relay.openai.responses;

import dev.tollgate.web.relay.JsonText;
import dev.tollgate.web.relay.conversation.ServerSentEvents;

/** Writes the events of a streamed response, numbered from zero. */
final class ResponseEvents {
    private final ServerSentEvents events = new ServerSentEvents();
    private int next;

    void event(String type, JsonText.Content members) {
        int number = next++;
        events.event(type, json -> {
            json.writeStartObject();
            json.writeStringField("type", type);
            json.writeNumberField("sequence_number", number);
            members.writeTo(json);
            json.writeEndObject();
        });
    }

    byte[] taken() {
        return events.taken();
    }
}
