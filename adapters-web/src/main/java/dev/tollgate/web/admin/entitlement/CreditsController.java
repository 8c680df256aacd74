package dev.tollgate.web.admin.entitlement;

import dev.tollgate.application.entitlement.CreditEntry;
import dev.tollgate.application.entitlement.ManageCredits;
import dev.tollgate.application.entitlement.ManageCredits.Grant;
import dev.tollgate.application.entitlement.ManageCredits.Granted;
import dev.tollgate.application.entitlement.ManageCredits.Statement;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.Given;
import dev.tollgate.web.admin.JsonBody;
import dev.tollgate.web.admin.OperationNote;
import dev.tollgate.web.admin.Paging;
import dev.tollgate.web.admin.SignedIn;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users' credit. */
@Controller("/api/admin/users/{userId}/credits")
@ExecuteOn(TaskExecutors.BLOCKING)
final class CreditsController {
    private static final int REASON_LENGTH_MAX = 500;

    private final ManageCredits credits;

    CreditsController(ManageCredits credits) {
        this.credits = credits;
    }

    @Get
    Envelope<StatementView> read(HttpRequest<?> request, long userId) {
        int limit = Paging.limit(request);
        Statement statement = credits.statement(new UserId(userId), Paging.idCursor(request), limit)
                .orElseThrow(() -> ApiFailure.notFound("user"));
        List<CreditEntry> entries = statement.entries();
        String next =
                entries.size() < limit ? null : String.valueOf(entries.getLast().id());
        return Envelope.of(new StatementView(
                statement.balance().text(),
                statement.held().text(),
                entries.stream().map(CreditEntryView::from).toList(),
                next));
    }

    @Post
    Envelope<CreditEntryView> grant(
            HttpRequest<?> request, SignedIn caller, long userId, @Body @Nullable JsonNode body) {
        Granted granted = credits.grant(read(body, new UserId(userId), caller.userId()));
        CreditEntryView view = switch (granted) {
            case Granted.Done done -> CreditEntryView.from(done.entry());
            case Granted.NoSuchUser no -> throw ApiFailure.notFound("user");
            case Granted.NotThere no ->
                throw ApiFailure.conflict("the user has not that much credit which is neither spent nor held");
            case Granted.TooMuch no ->
                throw ApiFailure.invalid("amount", "would make more than " + Money.LIMIT_MAX.text());
            case Granted.NoSuchCall no -> throw ApiFailure.invalid("request_id", "is no recorded call of the user's");
            case Granted.MoreThanCharged(Money charge) ->
                throw ApiFailure.conflict("all refunds of the call would be more than its charge, " + charge.text());
            case Granted.StoreAway no ->
                throw ApiFailure.of(HttpStatus.SERVICE_UNAVAILABLE, "what is held cannot be asked now");
        };
        OperationNote.leave(request, "users", userId, null, view);
        return Envelope.of(view);
    }

    private static Grant read(@Nullable JsonNode json, UserId user, UserId actor) {
        JsonBody body = JsonBody.of(json);
        Given<Money> amount = body.signedMoney("amount").required();
        Given<String> reason = body.text("reason", REASON_LENGTH_MAX);
        Given<String> reference = Reference.of(body);
        Given<RequestId> call = body.parsed(
                "request_id",
                "must be a call's request id",
                node -> node.isString() ? RequestId.of(node.getStringValue()) : null);
        if (call.orNull(null) != null && amount.or(Money.ZERO).isNegative()) {
            body.wrong("amount", "a refund gives back");
        }
        if (amount.or(Money.ZERO).isZero() && amount.orNull(null) != null) {
            body.wrong("amount", "must not be 0");
        }
        body.check();
        return new Grant(user, amount.value(), reason.orNull(null), reference.orNull(null), call.orNull(null), actor);
    }
}
