package dev.tollgate.web.admin;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a fault of ours with the request's id only; the story is in the log, once. */
@Singleton
final class UnexpectedErrors implements ExceptionHandler<Throwable, HttpResponse<?>> {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");

    @Override
    @SuppressWarnings("rawtypes") // the interface's own
    public HttpResponse<?> handle(HttpRequest request, Throwable fault) {
        String requestId = ApiFilter.requestId(request);
        LOG.error("{} {} failed, request {}", request.getMethod(), request.getPath(), requestId, fault);
        String message = "internal error, request " + requestId;
        int code = HttpStatus.INTERNAL_SERVER_ERROR.getCode();
        return HttpResponse.serverError(Envelope.failure(code, message, List.of()));
    }
}
