package dev.tollgate.web.relay.anthropic;

import dev.tollgate.application.relay.CallError;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.web.relay.ErrorShape;
import dev.tollgate.web.relay.JsonText;

/** Errors as Anthropic's API tells them. */
public final class AnthropicErrors implements ErrorShape {
    private static final int NOT_FOUND = 404;

    @Override
    public byte[] document(CallError error, RequestId id) {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("type", "error");
            json.writeObjectFieldStart("error");
            json.writeStringField("type", type(error));
            json.writeStringField("message", error.message());
            json.writeEndObject();
            json.writeStringField("request_id", id.text());
            json.writeEndObject();
        });
    }

    @Override
    public byte[] event(CallError error, RequestId id) {
        return JsonText.event("error", document(error, id));
    }

    private static String type(CallError error) {
        return switch (error.code()) {
            case INVALID_API_KEY -> "authentication_error";
            case MODEL_NOT_ALLOWED, IP_NOT_ALLOWED -> "permission_error";
            case MODEL_NOT_FOUND -> "not_found_error";
            case INVALID_REQUEST -> error.status() == NOT_FOUND ? "not_found_error" : "invalid_request_error";
            case IDEMPOTENCY_CONFLICT, IDEMPOTENCY_KEY_REUSED -> "invalid_request_error";
            case INSUFFICIENT_QUOTA -> "billing_error";
            case RATE_LIMIT_EXCEEDED -> "rate_limit_error";
            case NO_AVAILABLE_ACCOUNT -> "overloaded_error";
            case UPSTREAM_ERROR, INTERNAL_ERROR -> "api_error";
            case REQUEST_TOO_LARGE -> "request_too_large";
        };
    }
}
