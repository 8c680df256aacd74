package dev.tollgate.web.relay.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.web.relay.ErrorShape;
import dev.tollgate.web.relay.JsonText;
import java.io.IOException;
import java.util.Locale;

/** Errors as OpenAI's API tells them; the word of a case stands in both {@code code} and {@code type}. */
public final class OpenAiErrors implements ErrorShape {
    @Override
    public byte[] document(CallError error, RequestId id) {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            writeMembers(json, error, id);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /** An error's members, in the order OpenAI's server has them. */
    static void writeMembers(JsonGenerator json, CallError error, RequestId id) throws IOException {
        json.writeStringField("message", message(error, id));
        json.writeStringField("type", word(error.code()));
        json.writeStringField("param", error.field());
        json.writeStringField("code", word(error.code()));
    }

    /** An error's members but for its type. */
    static void writeBare(JsonGenerator json, CallError error, RequestId id) throws IOException {
        json.writeStringField("message", message(error, id));
        json.writeStringField("param", error.field());
        json.writeStringField("code", word(error.code()));
    }

    private static String message(CallError error, RequestId id) {
        return error.message() + " (request id: " + id.text() + ")";
    }

    @Override
    public byte[] event(CallError error, RequestId id) {
        return JsonText.event("", document(error, id));
    }

    /** What a case is called. */
    public static String word(CallError.Code code) {
        return switch (code) {
            case INVALID_REQUEST -> "invalid_request_error";
            case INVALID_API_KEY,
                    MODEL_NOT_ALLOWED,
                    IP_NOT_ALLOWED,
                    MODEL_NOT_FOUND,
                    INSUFFICIENT_QUOTA,
                    RATE_LIMIT_EXCEEDED,
                    NO_AVAILABLE_ACCOUNT,
                    UPSTREAM_ERROR,
                    INTERNAL_ERROR,
                    REQUEST_TOO_LARGE,
                    IDEMPOTENCY_CONFLICT,
                    IDEMPOTENCY_KEY_REUSED -> code.name().toLowerCase(Locale.ROOT);
        };
    }
}
