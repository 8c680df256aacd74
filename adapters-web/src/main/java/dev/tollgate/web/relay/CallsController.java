package dev.tollgate.web.relay;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/…}, alone and under a family's prefix: the call of the dialect whose path it is. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
final class CallsController {
    private static final String CALL = "/v1/{+path}";

    private final RelayEndpoint endpoint;
    private final NoSuchPath noSuchPath;
    private final Map<String, Dialect> dialects;

    CallsController(RelayEndpoint endpoint, NoSuchPath noSuchPath, List<Dialect> dialects) {
        this.endpoint = endpoint;
        this.noSuchPath = noSuchPath;
        this.dialects = dialects.stream().collect(Collectors.toUnmodifiableMap(Dialect::path, Function.identity()));
    }

    @Post(uris = {CALL, RelayRoutes.PLATFORM + CALL})
    @Consumes(MediaType.ALL)
    @Produces(MediaType.ALL)
    CompletionStage<HttpResponse<?>> call(HttpRequest<?> request, @PathVariable String path) {
        @Nullable Dialect dialect = dialects.get("/" + path);
        return dialect == null
                ? CompletableFuture.completedFuture(noSuchPath.refuse(request))
                : endpoint.serve(request, dialect, RelayRoutes.platform(request));
    }
}
