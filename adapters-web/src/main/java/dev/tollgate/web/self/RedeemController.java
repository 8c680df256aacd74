package dev.tollgate.web.self;

import dev.tollgate.application.entitlement.Redeem;
import dev.tollgate.application.entitlement.Redeem.Redeemed;
import dev.tollgate.application.entitlement.RedeemCode;
import dev.tollgate.application.entitlement.RedeemCode.Use;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.Given;
import dev.tollgate.web.admin.JsonBody;
import dev.tollgate.web.admin.OperationNote;
import dev.tollgate.web.admin.SignedIn;
import dev.tollgate.web.admin.entitlement.UserPackageView;
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
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Redeems a code for the caller. */
@Controller("/api/redeem")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RedeemController {
    private static final int CODE_LENGTH_MAX = 100;

    private final Redeem redeem;
    private final InstantSource clock;

    RedeemController(Redeem redeem, InstantSource clock) {
        this.redeem = redeem;
        this.clock = clock;
    }

    @Post
    HttpResponse<?> redeem(HttpRequest<?> request, SignedIn caller, @Body @Nullable JsonNode json) {
        JsonBody body = JsonBody.of(json);
        Given<String> code = body.text("code", CODE_LENGTH_MAX).required();
        body.check();
        return switch (redeem.redeem(caller.userId(), code.value())) {
            case Redeemed.Credited(var used, var entry) ->
                redeemed(
                        request, used, new RedeemedView("credit", entry.amount().text(), null, entry.at()));
            case Redeemed.Assigned(var used, var held) -> {
                UserPackageView view = UserPackageView.from(held, clock.instant());
                yield redeemed(
                        request,
                        used,
                        new RedeemedView("package", null, view, held.held().startsAt()));
            }
            case Redeemed.Unknown no -> throw ApiFailure.notFound("code");
            case Redeemed.Used(var use) -> throw ApiFailure.conflict(used(use, caller.userId()));
            case Redeemed.Expired no -> throw ApiFailure.of(HttpStatus.GONE, "the code has expired");
            case Redeemed.Disabled no -> throw ApiFailure.of(HttpStatus.GONE, "the code is not valid any more");
            case Redeemed.PackageGone no ->
                throw ApiFailure.of(HttpStatus.GONE, "the package the code was for does not exist any more");
            case Redeemed.TooMuch no -> throw ApiFailure.conflict("your credit would be more than an account can have");
            case Redeemed.TooMany(Duration retryAfter) -> tooMany(retryAfter);
        };
    }

    private static HttpResponse<?> redeemed(HttpRequest<?> request, RedeemCode code, RedeemedView view) {
        OperationNote.leave(request, "redeem-codes", code.id(), null, view);
        return HttpResponse.ok(Envelope.of(view));
    }

    /** Tells nobody who else used it. */
    private static String used(Use use, UserId caller) {
        return use.user().equals(caller)
                ? "you have redeemed this code already, at " + use.at()
                : "the code was redeemed already";
    }

    private static HttpResponse<?> tooMany(Duration retryAfter) {
        HttpStatus status = HttpStatus.TOO_MANY_REQUESTS;
        return HttpResponse.status(status)
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter.toSeconds() + 1))
                .body(Envelope.failure(
                        status.getCode(), "too many codes that do not exist, try again later", List.of()));
    }

    /** What the caller got. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record RedeemedView(
            String type, @Nullable String value, @Nullable UserPackageView userPackage, Instant redeemedAt) {}
}
