package dev.tollgate.web.relay.anthropic;

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

/** {@code POST /v1/messages}, alone and under a family's prefix. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
final class MessagesController {
    private final RelayEndpoint endpoint;
    private final MessagesDialect dialect;

    MessagesController(RelayEndpoint endpoint, MessagesDialect dialect) {
        this.endpoint = endpoint;
        this.dialect = dialect;
    }

    @Post(uris = {"/v1/messages", RelayRoutes.PLATFORM + "/v1/messages"})
    @Consumes(MediaType.ALL)
    @Produces(MediaType.ALL)
    CompletionStage<HttpResponse<?>> create(HttpRequest<?> request) {
        return endpoint.serve(request, dialect, RelayRoutes.platform(request));
    }
}
