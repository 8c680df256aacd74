package dev.tollgate.web.admin;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers a failure that a controller chose. */
@Singleton
final class ApiFailureHandler implements ExceptionHandler<ApiFailure, HttpResponse<?>> {
    @Override
    @SuppressWarnings("rawtypes") // the interface's own
    public HttpResponse<?> handle(HttpRequest request, ApiFailure failure) {
        int code = failure.status().getCode();
        String message = String.valueOf(failure.getMessage());
        return HttpResponse.status(failure.status()).body(Envelope.failure(code, message, failure.errors()));
    }
}
