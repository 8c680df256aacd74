package dev.tollgate.web.relay.gemini;

import dev.tollgate.application.relay.CallError;
import dev.tollgate.web.relay.PlainAnswers;
import dev.tollgate.web.relay.RelayRoutes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/** Everything below {@code /v1beta} that there is not, whatever the method. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class UnknownGeminiPaths {
    private static final String REST = "/v1beta/{+rest}";
    private static final String PINNED_REST = RelayRoutes.PLATFORM + REST;

    private final PlainAnswers answers;

    UnknownGeminiPaths(PlainAnswers answers) {
        this.answers = answers;
    }

    @Get(uris = {REST, PINNED_REST})
    HttpResponse<?> get(HttpRequest<?> request) {
        return refuse(request);
    }

    @Post(uris = {REST, PINNED_REST})
    HttpResponse<?> post(HttpRequest<?> request) {
        return refuse(request);
    }

    @Put(uris = {REST, PINNED_REST})
    HttpResponse<?> put(HttpRequest<?> request) {
        return refuse(request);
    }

    @Patch(uris = {REST, PINNED_REST})
    HttpResponse<?> patch(HttpRequest<?> request) {
        return refuse(request);
    }

    @Delete(uris = {REST, PINNED_REST})
    HttpResponse<?> delete(HttpRequest<?> request) {
        return refuse(request);
    }

    HttpResponse<?> refuse(HttpRequest<?> request) {
        String message = "Unknown request URL: " + request.getMethodName() + " " + request.getPath() + ".";
        int status = HttpStatus.NOT_FOUND.getCode();
        return answers.refused(
                request,
                new GeminiErrors(AnswerForm.DOCUMENT),
                new CallError(CallError.Code.INVALID_REQUEST, status, message, null, null));
    }
}
