package dev.tollgate.web.auth;

import dev.tollgate.application.identity.SignIn;
import dev.tollgate.application.identity.SignIn.Outcome;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.ClientAddresses;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.Given;
import dev.tollgate.web.admin.JsonBody;
import dev.tollgate.web.admin.SignedIn;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signing in, renewing that, signing out. */
@Controller("/api/auth")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuthController {
    private static final int NAME_LENGTH_MAX = 64;
    private static final int PASSWORD_LENGTH_MAX = 200;
    private static final int TOKEN_LENGTH_MAX = 200;

    private final SignIn signIn;
    private final ClientAddresses addresses;

    AuthController(SignIn signIn, ClientAddresses addresses) {
        this.signIn = signIn;
        this.addresses = addresses;
    }

    @Post("/login")
    HttpResponse<?> login(HttpRequest<?> request, @Body @Nullable JsonNode json) {
        JsonBody body = JsonBody.of(json);
        Given<String> username = body.text("username", NAME_LENGTH_MAX).required();
        Given<String> password = body.text("password", PASSWORD_LENGTH_MAX).required();
        body.check();
        Outcome outcome = signIn.signIn(username.value(), password.value(), addresses.of(request));
        return answer(outcome, "wrong username or password");
    }

    @Post("/refresh")
    HttpResponse<?> refresh(@Body @Nullable JsonNode json) {
        JsonBody body = JsonBody.of(json);
        Given<String> token = body.text("refresh_token", TOKEN_LENGTH_MAX).required();
        body.check();
        return answer(signIn.refresh(token.value()), "the refresh token does not hold");
    }

    @Post("/logout")
    Envelope<Object> logout(SignedIn caller) {
        signIn.signOut(caller.userId());
        return Envelope.done();
    }

    private static HttpResponse<?> answer(Outcome outcome, String refusal) {
        return switch (outcome) {
            case Outcome.SignedIn signedIn -> HttpResponse.ok(Envelope.of(SignedInView.of(signedIn)));
            case Outcome.Refused refused -> throw ApiFailure.of(HttpStatus.UNAUTHORIZED, refusal);
            case Outcome.TooMany(Duration retryAfter) -> tooMany(retryAfter);
        };
    }

    private static HttpResponse<?> tooMany(Duration retryAfter) {
        HttpStatus status = HttpStatus.TOO_MANY_REQUESTS;
        return HttpResponse.status(status)
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter.toSeconds() + 1))
                .body(Envelope.failure(status.getCode(), "too many attempts, try again later", List.of()));
    }
}
