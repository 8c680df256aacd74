package dev.tollgate.web.admin.entitlement;

import dev.tollgate.application.entitlement.ManagePackages;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.PackageOffer;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.InMemoryPage;
import dev.tollgate.web.admin.ItemPage;
import dev.tollgate.web.admin.OperationNote;
import dev.tollgate.web.admin.Paging;
import io.micronaut.context.annotation.Value;
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
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Packages on offer. */
@Controller("/api/admin/packages")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PackagesController {
    private static final String SUBJECT = "packages";

    private final ManagePackages packages;
    private final ZoneId zone;

    PackagesController(ManagePackages packages, @Value("${tollgate.time-zone:UTC}") String zone) {
        this.packages = packages;
        this.zone = ZoneId.of(zone);
    }

    @Get
    Envelope<ItemPage<PackageView>> list(HttpRequest<?> request) {
        PageQuery query = Paging.of(request, PackageOrders.OFFERED.keySet());
        return ItemPage.of(
                InMemoryPage.of(packages.list(), query, PackageOffer::name, PackageOrders.OFFERED),
                query,
                PackageView::from);
    }

    @Get("/{id}")
    Envelope<PackageView> read(long id) {
        return Envelope.of(PackageView.from(find(id)));
    }

    @Post
    Envelope<PackageView> create(HttpRequest<?> request, @Body @Nullable JsonNode body) {
        PackageView created = PackageView.from(packages.create(PackageBody.draft(body, zone)));
        OperationNote.leave(request, SUBJECT, created.id(), null, created);
        return Envelope.of(created);
    }

    @Put("/{id}")
    Envelope<PackageView> change(HttpRequest<?> request, long id, @Body @Nullable JsonNode body) {
        PackageView before = PackageView.from(find(id));
        PackageView after = packages.change(new PackageId(id), current -> PackageBody.change(body, current, zone))
                .map(PackageView::from)
                .orElseThrow(() -> ApiFailure.notFound("package"));
        OperationNote.leave(request, SUBJECT, id, before, after);
        return Envelope.of(after);
    }

    @Delete("/{id}")
    Envelope<Object> remove(HttpRequest<?> request, long id) {
        PackageView before = PackageView.from(find(id));
        if (!packages.remove(new PackageId(id))) {
            throw ApiFailure.notFound("package");
        }
        OperationNote.leave(request, SUBJECT, id, before, null);
        return Envelope.done();
    }

    private PackageOffer find(long id) {
        return packages.find(new PackageId(id)).orElseThrow(() -> ApiFailure.notFound("package"));
    }
}
