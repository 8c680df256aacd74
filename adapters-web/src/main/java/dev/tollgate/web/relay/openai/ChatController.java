package dev.tollgate.web.relay.openai;

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
import java.util.concurrent.CompletionStage;

/** {@code POST /v1/chat/completions}, alone and under a family's prefix. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
final class ChatController {
    private final RelayEndpoint endpoint;
    private final ChatDialect dialect;

    ChatController(RelayEndpoint endpoint, ChatDialect dialect) {
        this.endpoint = endpoint;
        this.dialect = dialect;
    }

    @Post(uris = {"/v1/chat/completions", RelayRoutes.PLATFORM + "/v1/chat/completions"})
    @Consumes(MediaType.ALL)
    @Produces(MediaType.ALL)
    CompletionStage<HttpResponse<?>> complete(HttpRequest<?> request) {
        return endpoint.serve(request, dialect, RelayRoutes.platform(request));
    }
}
