package dev.tollgate.web.relay.holder;

import dev.tollgate.application.relay.TellKeyUsage;
import dev.tollgate.application.relay.TellKeyUsage.Told;
import dev.tollgate.web.admin.ClientAddresses;
import dev.tollgate.web.relay.CallerKey;
import dev.tollgate.web.relay.ErrorShape;
import dev.tollgate.web.relay.PlainAnswers;
import dev.tollgate.web.relay.RelayRoutes;
import dev.tollgate.web.relay.anthropic.AnthropicErrors;
import dev.tollgate.web.relay.openai.OpenAiErrors;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.io.UncheckedIOException;

/** {@code GET /v1/usage}: what the key has used and what it has left. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class KeyUsageController {
    private static final String ANTHROPIC_MARK = "anthropic-version";

    private final TellKeyUsage usage;
    private final ClientAddresses addresses;
    private final PlainAnswers answers;
    private final JsonMapper json;
    private final ErrorShape openAi = new OpenAiErrors();
    private final ErrorShape anthropic = new AnthropicErrors();

    KeyUsageController(TellKeyUsage usage, ClientAddresses addresses, PlainAnswers answers, JsonMapper json) {
        this.usage = usage;
        this.addresses = addresses;
        this.answers = answers;
        this.json = json;
    }

    @Get(uris = {"/v1/usage", RelayRoutes.PLATFORM + "/v1/usage"})
    @Produces(MediaType.ALL)
    HttpResponse<?> tell(HttpRequest<?> request) {
        ErrorShape shape = request.getHeaders().contains(ANTHROPIC_MARK) ? anthropic : openAi;
        return switch (usage.of(CallerKey.of(request), addresses.of(request))) {
            case Told.Standing standing -> answers.ok(request, shape, document(standing));
            case Told.Refused(var error) -> answers.refused(request, shape, error);
        };
    }

    private byte[] document(Told.Standing standing) {
        try {
            return json.writeValueAsBytes(KeyUsageView.from(standing));
        } catch (IOException e) {
            throw new UncheckedIOException("a view that is not JSON", e);
        }
    }
}
