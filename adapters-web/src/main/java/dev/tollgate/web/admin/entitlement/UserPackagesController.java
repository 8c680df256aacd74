package dev.tollgate.web.admin.entitlement;

import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.application.entitlement.ManageUserPackages;
import dev.tollgate.application.entitlement.ManageUserPackages.Assigned;
import dev.tollgate.application.entitlement.ManageUserPackages.Renewal;
import dev.tollgate.application.entitlement.ManageUserPackages.Renewed;
import dev.tollgate.application.entitlement.UserPackages.Numbered;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.CursorPage;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.InMemoryPage;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What users hold. */
@Controller("/api/admin/user-packages")
@ExecuteOn(TaskExecutors.BLOCKING)
final class UserPackagesController {
    private static final String SUBJECT = "user-packages";
    private static final String THING = "user package";

    private final ManageUserPackages userPackages;
    private final InstantSource clock;

    UserPackagesController(ManageUserPackages userPackages, InstantSource clock) {
        this.userPackages = userPackages;
        this.clock = clock;
    }

    @Get("/user/{userId}")
    Envelope<ItemPage<UserPackageView>> list(HttpRequest<?> request, long userId) {
        PageQuery query = Paging.of(request, PackageOrders.HELD.keySet());
        Instant now = clock.instant();
        return ItemPage.of(
                InMemoryPage.of(userPackages.of(new UserId(userId)), query, HeldPackage::name, PackageOrders.HELD),
                query,
                shown -> UserPackageView.from(shown, now));
    }

    @Post("/user/{userId}")
    Envelope<UserPackageView> assign(
            HttpRequest<?> request, SignedIn caller, long userId, @Body @Nullable JsonNode body) {
        Assigned assigned = userPackages.assign(UserPackageBody.assignment(body, new UserId(userId), caller.userId()));
        UserPackageView view = switch (assigned) {
            case Assigned.Done done -> view(done.held());
            case Assigned.NoSuchUser no -> throw ApiFailure.notFound("user");
            case Assigned.NoSuchPackage no -> throw ApiFailure.invalid("package_id", "there is no such package");
            case Assigned.Withdrawn no -> throw ApiFailure.conflict("the package is disabled");
        };
        OperationNote.leave(request, SUBJECT, view.id(), null, view);
        return Envelope.of(view);
    }

    @Get("/{id}")
    Envelope<UserPackageView> read(long id) {
        return Envelope.of(view(find(id)));
    }

    @Put("/{id}")
    Envelope<UserPackageView> change(HttpRequest<?> request, SignedIn caller, long id, @Body @Nullable JsonNode body) {
        UserPackageView before = view(find(id));
        UserPackageView after = userPackages
                .change(new UserPackageId(id), current -> UserPackageBody.edit(body, current), caller.userId())
                .map(this::view)
                .orElseThrow(() -> ApiFailure.notFound(THING));
        OperationNote.leave(request, SUBJECT, id, before, after);
        return Envelope.of(after);
    }

    @Delete("/{id}")
    Envelope<Object> end(HttpRequest<?> request, SignedIn caller, long id) {
        UserPackageView before = view(find(id));
        if (!userPackages.end(new UserPackageId(id), caller.userId())) {
            throw ApiFailure.notFound(THING);
        }
        OperationNote.leave(request, SUBJECT, id, before, null);
        return Envelope.done();
    }

    @Post("/{id}/renew")
    Envelope<UserPackageView> renew(HttpRequest<?> request, SignedIn caller, long id, @Body @Nullable JsonNode body) {
        UserPackageView before = view(find(id));
        Renewal renewal = UserPackageBody.renewal(body, new UserPackageId(id), caller.userId());
        UserPackageView after = switch (userPackages.renew(renewal)) {
            case Renewed.Done done -> view(done.held());
            case Renewed.Gone no -> throw ApiFailure.notFound(THING);
            case Renewed.Over no -> throw ApiFailure.conflict("the package has ended; assign a new one");
            case Renewed.NoTerm no ->
                throw ApiFailure.conflict("the package was assigned without a term; set expire_time instead");
            case Renewed.ReferenceTaken no ->
                throw ApiFailure.conflict("the reference was used for another package of the user's");
        };
        OperationNote.leave(request, SUBJECT, id, before, after);
        return Envelope.of(after);
    }

    @Get("/{id}/events")
    Envelope<CursorPage<PackageEventView>> events(HttpRequest<?> request, long id) {
        int limit = Paging.limit(request);
        Long before = Paging.idCursor(request);
        List<Numbered> found = userPackages.events(new UserPackageId(id), before, limit + 1);
        if (found.isEmpty() && before == null) {
            throw ApiFailure.notFound(THING);
        }
        List<Numbered> shown = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? String.valueOf(shown.getLast().number()) : null;
        return Envelope.of(
                new CursorPage<>(shown.stream().map(PackageEventView::of).toList(), next));
    }

    private HeldPackage find(long id) {
        return userPackages.find(new UserPackageId(id)).orElseThrow(() -> ApiFailure.notFound(THING));
    }

    private UserPackageView view(HeldPackage shown) {
        return UserPackageView.from(shown, clock.instant());
    }
}
