package dev.tollgate.web.relay;

import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.RelayOutcome;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.util.List;

/** Answers of this surface that no model had a part in; each has an id of its own. */
@Singleton
public final class PlainAnswers {
    private static final int OK = 200;
    private static final AnswerHead JSON = new AnswerHead(OK, List.of(new Header("content-type", "application/json")));

    private final RequestIds ids;

    PlainAnswers(RequestIds ids) {
        this.ids = ids;
    }

    public HttpResponse<?> ok(HttpRequest<?> request, ErrorShape shape, byte[] document) {
        Exchange exchange = Exchange.of(request, ids.next(), shape);
        return exchange.whole(new RelayOutcome.Answered(JSON, document, null, List.of()));
    }

    public HttpResponse<?> refused(HttpRequest<?> request, ErrorShape shape, CallError error) {
        return Exchange.of(request, ids.next(), shape).refused(error, List.of());
    }
}
