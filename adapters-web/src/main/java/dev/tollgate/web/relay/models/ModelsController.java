package dev.tollgate.web.relay.models;

import dev.tollgate.application.relay.ListModels;
import dev.tollgate.application.relay.ListModels.Listing;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.web.admin.ClientAddresses;
import dev.tollgate.web.relay.CallerKey;
import dev.tollgate.web.relay.PlainAnswers;
import dev.tollgate.web.relay.RelayRoutes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import java.util.function.Function;

/** {@code GET /v1/models}, {@code /v1beta/models} and {@code …/{id}}: what a key may use, in the caller's dialect. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ModelsController {
    private static final String ANTHROPIC_MARK = "anthropic-version";
    private static final String V1 = "/v1/models";
    private static final String V1BETA = "/v1beta/models";
    private static final String ONE = "/{+id}";

    private final ListModels models;
    private final ClientAddresses addresses;
    private final PlainAnswers answers;
    private final ModelShape openAi = new OpenAiModels();
    private final ModelShape anthropic = new AnthropicModels();
    private final ModelShape gemini = new GeminiModels();

    ModelsController(ListModels models, ClientAddresses addresses, PlainAnswers answers) {
        this.models = models;
        this.addresses = addresses;
        this.answers = answers;
    }

    @Get(uris = {V1, RelayRoutes.PLATFORM + V1, V1BETA, RelayRoutes.PLATFORM + V1BETA})
    @Produces(MediaType.ALL)
    HttpResponse<?> list(HttpRequest<?> request) {
        ModelShape shape = shape(request);
        return answer(
                request, shape, models.list(visitor(request)), found -> shape.list(found, request.getParameters()));
    }

    @Get(uris = {V1 + ONE, RelayRoutes.PLATFORM + V1 + ONE, V1BETA + ONE, RelayRoutes.PLATFORM + V1BETA + ONE})
    @Produces(MediaType.ALL)
    HttpResponse<?> find(HttpRequest<?> request, @PathVariable String id) {
        ModelShape shape = shape(request);
        return answer(request, shape, models.find(visitor(request), id), found -> shape.one(found.get(0), id));
    }

    private HttpResponse<?> answer(
            HttpRequest<?> request, ModelShape shape, Listing listing, Function<List<Model>, byte[]> document) {
        return switch (listing) {
            case Listing.Models(var found) -> answers.ok(request, shape.errors(), document.apply(found));
            case Listing.Refused(var error) -> answers.refused(request, shape.errors(), error);
        };
    }

    private ListModels.Visitor visitor(HttpRequest<?> request) {
        return new ListModels.Visitor(CallerKey.of(request), addresses.of(request), RelayRoutes.platform(request));
    }

    private ModelShape shape(HttpRequest<?> request) {
        if (request.getPath().contains(V1BETA)) {
            return gemini;
        }
        return request.getHeaders().contains(ANTHROPIC_MARK) ? anthropic : openAi;
    }
}
