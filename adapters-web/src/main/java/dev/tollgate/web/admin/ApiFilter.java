package dev.tollgate.web.admin;

import dev.tollgate.domain.relay.RequestId;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/** Gives each call of the API its request id, and keeps its answers out of caches. */
@ServerFilter({"/api/**", "/admin/**"})
final class ApiFilter implements Ordered {
    private static final String ATTRIBUTE = "tollgate.request-id";

    private final InstantSource clock;

    ApiFilter(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.order();
    }

    @RequestFilter
    void name(HttpRequest<?> request) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        RequestId id = RequestId.at(clock.instant(), random.nextLong(), random.nextLong());
        request.setAttribute(ATTRIBUTE, id.text());
    }

    @ResponseFilter
    void mark(HttpRequest<?> request, MutableHttpResponse<?> response) {
        response.header("x-request-id", requestId(request)).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** The id of a call of the API. */
    static String requestId(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, String.class).orElse("none");
    }
}
