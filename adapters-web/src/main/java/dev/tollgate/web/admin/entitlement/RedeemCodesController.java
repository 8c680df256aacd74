package dev.tollgate.web.admin.entitlement;

import dev.tollgate.application.entitlement.ManageRedeemCodes;
import dev.tollgate.application.entitlement.ManageRedeemCodes.Issued;
import dev.tollgate.application.entitlement.RedeemCode;
import dev.tollgate.application.entitlement.RedeemCode.Status;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.ItemPage;
import dev.tollgate.web.admin.OperationNote;
import dev.tollgate.web.admin.Paging;
import dev.tollgate.web.admin.SignedIn;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Redeem codes. */
@Controller("/api/admin/redeem-codes")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RedeemCodesController {
    private static final String SUBJECT = "redeem-codes";
    private static final String THING = "redeem code";
    private static final Set<String> SORTABLE = Set.of("id", "batch_id", "name", "expires_at", "created_at", "used_at");

    private final ManageRedeemCodes codes;
    private final InstantSource clock;

    RedeemCodesController(ManageRedeemCodes codes, InstantSource clock) {
        this.codes = codes;
        this.clock = clock;
    }

    @Get
    Envelope<ItemPage<RedeemCodeView>> list(HttpRequest<?> request) {
        PageQuery query = Paging.of(request, SORTABLE);
        Instant now = clock.instant();
        return ItemPage.of(
                codes.list(status(Paging.text(request, "status")), batch(Paging.text(request, "batch_id")), query),
                query,
                code -> RedeemCodeView.of(code, now));
    }

    @Post
    Envelope<BatchView> issue(HttpRequest<?> request, SignedIn caller, @Body @Nullable JsonNode body) {
        Instant now = clock.instant();
        Issued.Done made = switch (codes.issue(RedeemCodeBody.batch(body, caller.userId(), now))) {
            case Issued.Done done -> done;
            case Issued.NoSuchPackage no -> throw ApiFailure.invalid("package_id", "there is no such package");
            case Issued.Withdrawn no -> throw ApiFailure.conflict("the package is disabled");
        };
        int count = made.codes().size();
        RedeemCodeView one = RedeemCodeView.of(made.codes().getFirst().code(), now);
        OperationNote.leaveForMany(request, SUBJECT, null, new BatchNote(made.batch(), count, one));
        return Envelope.of(new BatchView(
                made.batch(),
                count,
                made.codes().stream()
                        .map(fresh -> RedeemCodeView.of(fresh.code(), fresh.text(), now))
                        .toList()));
    }

    @Get("/{id}")
    Envelope<RedeemCodeView> read(long id) {
        return Envelope.of(view(find(id)));
    }

    @Put("/{id}")
    Envelope<RedeemCodeView> change(HttpRequest<?> request, long id, @Body @Nullable JsonNode body) {
        RedeemCodeView before = view(find(id));
        Instant now = clock.instant();
        RedeemCode changed = codes.change(id, current -> RedeemCodeBody.change(body, current, now))
                .orElseThrow(() -> ApiFailure.notFound(THING));
        requireUnused(changed, "changed");
        OperationNote.leave(request, SUBJECT, id, before, view(changed));
        return Envelope.of(view(changed));
    }

    @Delete("/{id}")
    Envelope<Object> remove(HttpRequest<?> request, long id) {
        RedeemCode removed = codes.remove(id).orElseThrow(() -> ApiFailure.notFound(THING));
        requireUnused(removed, "deleted");
        OperationNote.leave(request, SUBJECT, id, view(removed), null);
        return Envelope.done();
    }

    private static void requireUnused(RedeemCode code, String change) {
        if (code.use() != null) {
            throw ApiFailure.conflict("a code that was used cannot be " + change);
        }
    }

    private RedeemCode find(long id) {
        return codes.find(id).orElseThrow(() -> ApiFailure.notFound(THING));
    }

    private RedeemCodeView view(RedeemCode code) {
        return RedeemCodeView.of(code, clock.instant());
    }

    private static @Nullable Status status(@Nullable String asked) {
        if (asked == null) {
            return null;
        }
        return Arrays.stream(Status.values())
                .filter(status -> PackageView.word(status).equals(asked))
                .findFirst()
                .orElseThrow(() -> ApiFailure.invalid("status", "must be one of unused, used, expired, disabled"));
    }

    private static @Nullable Long batch(@Nullable String asked) {
        try {
            return asked == null ? null : Long.valueOf(asked);
        } catch (NumberFormatException e) {
            throw ApiFailure.invalid("batch_id", "must be an id");
        }
    }

    /** The codes made at once. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record BatchView(long batchId, int count, List<RedeemCodeView> items) {}

    /** What the operation log says of codes made at once: how many, and one of them, since all give the same. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record BatchNote(long batchId, int count, RedeemCodeView first) {}
}
