package dev.tollgate.web.admin;

import dev.tollgate.web.admin.Envelope.Errors;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.List;

/** The bodies of the server's own refusals: no such path, malformed JSON, … Its words come from the status alone. */
@Singleton
@Primary
final class EnvelopeErrors implements ErrorResponseProcessor<Envelope<Errors>> {
    @Override
    public MutableHttpResponse<Envelope<Errors>> processResponse(
            ErrorContext context, MutableHttpResponse<?> response) {
        int code = response.code();
        return response.contentType(MediaType.APPLICATION_JSON_TYPE)
                .body(Envelope.failure(code, words(code), List.of()));
    }

    private static String words(int code) {
        return switch (code) {
            case 400 -> "the request is malformed";
            case 401 -> "sign in first";
            case 403 -> "not allowed";
            case 404 -> "no such path";
            case 405 -> "no such method here";
            case 406 -> "only JSON is answered";
            case 413 -> "the request is too large";
            case 415 -> "the body must be application/json";
            default -> code < 500 ? "the request is refused" : "internal error";
        };
    }
}
