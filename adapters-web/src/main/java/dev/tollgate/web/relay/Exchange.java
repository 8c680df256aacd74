package dev.tollgate.web.relay;

import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.RelayOutcome;
import dev.tollgate.domain.relay.RequestId;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** One call as HTTP sees it: the request, our id for it, and the forms its answer can take. */
record Exchange(NettyHttpRequest<?> request, RequestId id, ErrorShape errors) {
    /** Clients do not wait longer than this for another try (the official SDKs: 60 s). */
    private static final Duration WORTH_WAITING = Duration.ofSeconds(60);

    private static final int REQUEST_TIMEOUT = 408;
    private static final int CONFLICT = 409;

    /** What the server itself says about a message. */
    private static final Set<String> FRAMING =
            Set.of("connection", "keep-alive", "content-length", "transfer-encoding", "trailer", "upgrade");

    static Exchange of(HttpRequest<?> request, RequestId id, ErrorShape errors) {
        HttpRequest<?> inner = request;
        while (inner instanceof HttpRequestWrapper<?> wrapper) {
            inner = wrapper.getDelegate();
        }
        return new Exchange((NettyHttpRequest<?>) inner, id, errors);
    }

    Channel channel() {
        return request.getChannelHandlerContext().channel();
    }

    /** The head of an answer that is streamed, with the body to come. */
    HttpResponse<?> streamed(AnswerHead head, ByteBody body) {
        MutableHttpResponse<ByteBody> response = begin(head.status());
        add(response, head.headers());
        response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-cache");
        response.getHeaders().set("x-accel-buffering", "no");
        return response.body(body);
    }

    MutableHttpResponse<?> answer(RelayOutcome.Told told) {
        return switch (told) {
            case RelayOutcome.Answered answered -> whole(answered);
            case RelayOutcome.Refused(var error, var notes) -> refused(error, notes);
        };
    }

    /** The same answer another call had, that call's id included. */
    MutableHttpResponse<?> again(RelayOutcome.Replayed replayed) {
        return new Exchange(request, replayed.first(), errors)
                .answer(replayed.told())
                .header("idempotency-replayed", "true");
    }

    MutableHttpResponse<?> whole(RelayOutcome.Answered answered) {
        MutableHttpResponse<ByteBody> response = begin(answered.head().status());
        add(response, answered.head().headers());
        add(response, answered.notes());
        if (answered.charged() != null) {
            response.header("x-tollgate-cost", answered.charged().text());
        }
        return response.body(request.byteBodyFactory().adapt(answered.body()));
    }

    MutableHttpResponse<?> refused(CallError error, List<Header> notes) {
        MutableHttpResponse<ByteBody> response = begin(error.status());
        add(response, notes);
        response.contentType(MediaType.APPLICATION_JSON_TYPE);
        Duration wait = error.retryAfter();
        if (wait != null) {
            response.header(HttpHeaders.RETRY_AFTER, String.valueOf(error.retryAfterSeconds()));
        }
        if (request.getHeaders().contains(HttpHeaders.EXPECT) || error.status() == REQUEST_TIMEOUT) {
            response.header(HttpHeaders.CONNECTION, "close"); // the body that may still come is no next request
        }
        if (isRetryPointless(error)) {
            response.header("x-should-retry", "false");
        }
        return response.body(request.byteBodyFactory().adapt(errors.document(error, id)));
    }

    /** Clients obey this before all else; where nothing is said they try again after 408, 409, 429 and 5xx. */
    private static boolean isRetryPointless(CallError error) {
        Duration wait = error.retryAfter();
        if (wait != null) {
            return wait.compareTo(WORTH_WAITING) > 0;
        }
        return switch (error.code()) {
            case UPSTREAM_ERROR, NO_AVAILABLE_ACCOUNT, INTERNAL_ERROR, RATE_LIMIT_EXCEEDED -> false;
            case INVALID_REQUEST -> error.status() != REQUEST_TIMEOUT && error.status() != CONFLICT;
            case INVALID_API_KEY,
                    MODEL_NOT_ALLOWED,
                    IP_NOT_ALLOWED,
                    MODEL_NOT_FOUND,
                    INSUFFICIENT_QUOTA,
                    REQUEST_TOO_LARGE,
                    IDEMPOTENCY_CONFLICT,
                    IDEMPOTENCY_KEY_REUSED -> true;
        };
    }

    private <T> MutableHttpResponse<T> begin(int status) {
        MutableHttpResponse<T> response =
                HttpResponse.status(status, HttpResponseStatus.valueOf(status).reasonPhrase());
        return response.header("x-request-id", id.text()).header("request-id", id.text());
    }

    private static void add(MutableHttpResponse<?> response, List<Header> headers) {
        for (Header header : headers) {
            if (!FRAMING.contains(header.name().toLowerCase(java.util.Locale.ROOT))) {
                response.header(header.name(), header.value());
            }
        }
    }
}
