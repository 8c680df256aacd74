package dev.tollgate.web.relay.gemini;

import dev.tollgate.web.relay.NoSuchPath;
import dev.tollgate.web.relay.RelayEndpoint;
import dev.tollgate.web.relay.RelayRoutes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code POST /v1beta/models/MODEL:OPERATION}, alone and under a family's prefix. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
final class GeminiController {
    private static final String CALL = "/v1beta/models/{+call}";

    private final RelayEndpoint endpoint;
    private final NoSuchPath noSuchPath;

    GeminiController(RelayEndpoint endpoint, NoSuchPath noSuchPath) {
        this.endpoint = endpoint;
        this.noSuchPath = noSuchPath;
    }

    @Post(uris = {CALL, RelayRoutes.PLATFORM + CALL})
    @Consumes(MediaType.ALL)
    @Produces(MediaType.ALL)
    CompletionStage<HttpResponse<?>> call(HttpRequest<?> request) {
        GeminiCall call = GeminiCall.of(request);
        return switch (call.operation()) {
            case GeminiCall.GENERATE, GeminiCall.STREAM -> serve(request, new GenerateDialect(call));
            case GeminiCall.COUNT -> serve(request, new CountTokensDialect(call));
            case GeminiCall.EMBED, GeminiCall.EMBED_BATCH -> serve(request, new EmbedDialect(call));
            default -> CompletableFuture.completedFuture(noSuchPath.refuse(request));
        };
    }

    private CompletionStage<HttpResponse<?>> serve(HttpRequest<?> request, GeminiDialect dialect) {
        return endpoint.serve(request, dialect, RelayRoutes.platform(request));
    }
}
