package dev.tollgate.web.relay;

import dev.tollgate.application.relay.CallError;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.body.CloseableAvailableByteBody;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.server.HttpServerConfiguration;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gathers request bodies, within the bounds of size and time. */
@Singleton
public final class RequestBodies {
    private static final int BYTES_PER_SECOND_LEAST = 64 * 1024;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final int REQUEST_TIMEOUT = 408;

    private final long bytesMax;
    private final Duration timeout;

    RequestBodies(HttpServerConfiguration server, RelayHttpSettings settings) {
        this.bytesMax = server.getMaxRequestSize();
        this.timeout = settings.getBodyTimeout();
    }

    /** What came of gathering a body. */
    sealed interface Gathered {
        @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
        record Whole(byte[] bytes) implements Gathered {}

        record Refused(CallError error) implements Gathered {}
    }

    /** Why the body need not be read at all, null if it must be. */
    @Nullable
    CallError refusedUnread(HttpRequest<?> request) {
        String encoding = request.getHeaders().get(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            return invalid(UNSUPPORTED_MEDIA_TYPE, "Compressed request bodies are not accepted.");
        }
        return request.getContentLength() > bytesMax ? tooLarge() : null;
    }

    /** Completes on the event loop, never exceptionally. */
    CompletableFuture<Gathered> read(Exchange exchange) {
        CompletableFuture<? extends CloseableAvailableByteBody> body =
                exchange.request().byteBody().buffer();
        CompletableFuture<Gathered> gathered = body.handle(this::gathered);
        return gathered.isDone()
                ? gathered
                : gathered.completeOnTimeout(late(), millis(exchange), TimeUnit.MILLISECONDS);
    }

    private Gathered gathered(@Nullable CloseableAvailableByteBody body, @Nullable Throwable failure) {
        if (body == null) {
            return new Gathered.Refused(refusal(failure));
        }
        try (body) {
            return new Gathered.Whole(body.toByteArray());
        }
    }

    private CallError refusal(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ContentLengthExceededException || cause instanceof BufferLengthExceededException
                ? tooLarge()
                : invalid(CallError.Code.INVALID_REQUEST.status(), "The body could not be read.");
    }

    private static Gathered late() {
        return new Gathered.Refused(invalid(REQUEST_TIMEOUT, "The body took too long to arrive."));
    }

    private long millis(Exchange exchange) {
        long declared = Math.clamp(exchange.request().getContentLength(), 0, bytesMax);
        return timeout.plusSeconds(declared / BYTES_PER_SECOND_LEAST).toMillis();
    }

    private CallError tooLarge() {
        return CallError.of(
                CallError.Code.REQUEST_TOO_LARGE,
                "The body is larger than " + bytesMax + " bytes, which is the limit.");
    }

    private static CallError invalid(int status, String message) {
        return new CallError(CallError.Code.INVALID_REQUEST, status, message, null, null);
    }
}
