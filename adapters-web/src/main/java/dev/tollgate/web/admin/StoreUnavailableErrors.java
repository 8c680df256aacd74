package dev.tollgate.web.admin;

import dev.tollgate.application.identity.StoreUnavailable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers 503 while a store is away, of which the log tells once. */
@Singleton
final class StoreUnavailableErrors implements ExceptionHandler<StoreUnavailable, HttpResponse<?>> {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");
    private static final String RETRY_AFTER_SECONDS = "5";

    @Override
    @SuppressWarnings("rawtypes") // the interface's own
    public HttpResponse<?> handle(HttpRequest request, StoreUnavailable away) {
        LOG.debug("no store for request {}", ApiFilter.requestId(request), away);
        HttpStatus status = HttpStatus.SERVICE_UNAVAILABLE;
        return HttpResponse.status(status)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .body(Envelope.failure(
                        status.getCode(), "the database or the live store cannot be reached now", List.of()));
    }
}
