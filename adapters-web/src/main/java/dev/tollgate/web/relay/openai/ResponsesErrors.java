package dev.tollgate.web.relay.openai;

import dev.tollgate.application.relay.CallError;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.web.relay.ErrorShape;
import dev.tollgate.web.relay.JsonText;

/**
 * Errors of responses. In a stream they are an {@code error} event, whose members OpenAI's SDKs type bare and its server
 * nests (vercel/ai#6534): both stand there, so whichever a client reads, it finds them.
 */
public final class ResponsesErrors implements ErrorShape {
    private final OpenAiErrors errors = new OpenAiErrors();

    @Override
    public byte[] document(CallError error, RequestId id) {
        return errors.document(error, id);
    }

    /** The number is asked for by strict readers; none holds it against those of the events before. */
    @Override
    public byte[] event(CallError error, RequestId id) {
        return JsonText.event("error", JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("type", "error");
            json.writeNumberField("sequence_number", 0);
            OpenAiErrors.writeBare(json, error, id);
            json.writeObjectFieldStart("error");
            OpenAiErrors.writeMembers(json, error, id);
            json.writeEndObject();
            json.writeEndObject();
        }));
    }
}
