package dev.tollgate.web.relay.openai.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.application.relay.RelayCall;
import java.io.IOException;

/** What every chunk of an answer, and the whole answer, begins with: one id, time and model, the caller's own name of it. */
record ChatHead(String id, long created, String model) {
    static ChatHead of(RelayCall call) {
        String id = "chatcmpl-" + call.id().text().replace("-", "");
        return new ChatHead(
                id, call.id().instant().getEpochSecond(), call.body().model());
    }

    void write(JsonGenerator json, String object) throws IOException {
        json.writeStringField("id", id);
        json.writeStringField("object", object);
        json.writeNumberField("created", created);
        json.writeStringField("model", model);
    }
}
