package dev.tollgate.web.relay;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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

/**
 * Everything below {@code /v1} and {@code /v1beta} that there is not, whatever the method, told as the API whose path it
 * is tells it. Below {@code /v1} a POST comes from {@link CallsController}.
 */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class UnknownPaths {
    private static final String REST = "/v1/{+rest}";
    private static final String PINNED_REST = RelayRoutes.PLATFORM + REST;
    private static final String GEMINI_REST = "/v1beta/{+rest}";
    private static final String PINNED_GEMINI_REST = RelayRoutes.PLATFORM + GEMINI_REST;

    private final NoSuchPath noSuchPath;

    UnknownPaths(NoSuchPath noSuchPath) {
        this.noSuchPath = noSuchPath;
    }

    @Get(uris = {REST, PINNED_REST, GEMINI_REST, PINNED_GEMINI_REST})
    HttpResponse<?> get(HttpRequest<?> request) {
        return noSuchPath.refuse(request);
    }

    @Post(uris = {GEMINI_REST, PINNED_GEMINI_REST})
    HttpResponse<?> post(HttpRequest<?> request) {
        return noSuchPath.refuse(request);
    }

    @Put(uris = {REST, PINNED_REST, GEMINI_REST, PINNED_GEMINI_REST})
    HttpResponse<?> put(HttpRequest<?> request) {
        return noSuchPath.refuse(request);
    }

    @Patch(uris = {REST, PINNED_REST, GEMINI_REST, PINNED_GEMINI_REST})
    HttpResponse<?> patch(HttpRequest<?> request) {
        return noSuchPath.refuse(request);
    }

    @Delete(uris = {REST, PINNED_REST, GEMINI_REST, PINNED_GEMINI_REST})
    HttpResponse<?> delete(HttpRequest<?> request) {
        return noSuchPath.refuse(request);
    }
}
