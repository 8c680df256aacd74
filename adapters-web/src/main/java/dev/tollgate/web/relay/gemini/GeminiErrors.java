package dev.tollgate.web.relay.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.web.relay.ErrorShape;
import dev.tollgate.web.relay.JsonText;
import java.io.IOException;
import java.time.Duration;

/** Errors as Google's APIs tell them, {@code google.rpc.Status} in JSON, in the form the answer would have had. */
public record GeminiErrors(AnswerForm form) implements ErrorShape {
    private static final int NOT_FOUND = 404;

    /** Where a stream would be an array, so is the error in its place. */
    @Override
    public byte[] document(CallError error, RequestId id) {
        byte[] document = status(error, id);
        return form == AnswerForm.ARRAY ? wrapped("[", document, "]") : document;
    }

    @Override
    public byte[] event(CallError error, RequestId id) {
        return wrapped("data: ", status(error, id), "\r\n\r\n");
    }

    @Override
    public byte[] end(CallError error, RequestId id, int last) {
        if (form != AnswerForm.ARRAY) {
            return event(error, id);
        }
        String before = switch (last) {
            case NOTHING -> "[";
            case '[', ',' -> "";
            default -> ",";
        };
        return wrapped(before, status(error, id), "]");
    }

    private static byte[] wrapped(String before, byte[] json, String after) {
        return (before + new String(json, UTF_8) + after).getBytes(UTF_8);
    }

    private static byte[] status(CallError error, RequestId id) {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeNumberField("code", error.status());
            json.writeStringField("message", error.message() + " (request id: " + id.text() + ")");
            json.writeStringField("status", word(error));
            if (error.retryAfter() != null) {
                writeRetryInfo(json, error.retryAfter());
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /** Google's clients look for the wait here, not in a header. */
    private static void writeRetryInfo(JsonGenerator json, Duration wait) throws IOException {
        json.writeArrayFieldStart("details");
        json.writeStartObject();
        json.writeStringField("@type", "type.googleapis.com/google.rpc.RetryInfo");
        json.writeStringField(
                "retryDelay", Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds()) + "s");
        json.writeEndObject();
        json.writeEndArray();
    }

    private static String word(CallError error) {
        return switch (error.code()) {
            case INVALID_API_KEY -> "UNAUTHENTICATED";
            case MODEL_NOT_ALLOWED, IP_NOT_ALLOWED -> "PERMISSION_DENIED";
            case MODEL_NOT_FOUND -> "NOT_FOUND";
            case INVALID_REQUEST -> error.status() == NOT_FOUND ? "NOT_FOUND" : "INVALID_ARGUMENT";
            case REQUEST_TOO_LARGE -> "INVALID_ARGUMENT";
            case INSUFFICIENT_QUOTA, RATE_LIMIT_EXCEEDED -> "RESOURCE_EXHAUSTED";
            case NO_AVAILABLE_ACCOUNT, UPSTREAM_ERROR -> "UNAVAILABLE";
            case INTERNAL_ERROR -> "INTERNAL";
            case IDEMPOTENCY_CONFLICT -> "ABORTED";
            case IDEMPOTENCY_KEY_REUSED -> "INVALID_ARGUMENT";
        };
    }
}
