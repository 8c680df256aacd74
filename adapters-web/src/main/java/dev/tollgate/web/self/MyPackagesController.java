package dev.tollgate.web.self;

import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.application.entitlement.ManagePackages;
import dev.tollgate.application.entitlement.ManageUserPackages;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.domain.entitlement.PackageOffer;
import dev.tollgate.domain.entitlement.PackageStatus;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.InMemoryPage;
import dev.tollgate.web.admin.ItemPage;
import dev.tollgate.web.admin.Paging;
import dev.tollgate.web.admin.SignedIn;
import dev.tollgate.web.admin.entitlement.PackageOrders;
import dev.tollgate.web.admin.entitlement.PackageView;
import dev.tollgate.web.admin.entitlement.UserPackageView;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The caller's packages, and those on offer. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
final class MyPackagesController {
    private final ManageUserPackages userPackages;
    private final ManagePackages packages;
    private final InstantSource clock;

    MyPackagesController(ManageUserPackages userPackages, ManagePackages packages, InstantSource clock) {
        this.userPackages = userPackages;
        this.packages = packages;
        this.clock = clock;
    }

    @Get("/my-packages")
    Envelope<ItemPage<UserPackageView>> all(HttpRequest<?> request, SignedIn caller) {
        return page(request, userPackages.of(caller.userId()));
    }

    @Get("/my-packages/active")
    Envelope<ItemPage<UserPackageView>> active(HttpRequest<?> request, SignedIn caller) {
        Instant now = clock.instant();
        return page(
                request,
                userPackages.of(caller.userId()).stream()
                        .filter(mine -> isActive(mine, now))
                        .toList());
    }

    @Get("/packages")
    Envelope<ItemPage<PackageView>> offers(HttpRequest<?> request) {
        PageQuery query = Paging.of(request, PackageOrders.OFFERED.keySet());
        List<PackageOffer> offered =
                packages.list().stream().filter(PackageOffer::active).toList();
        return ItemPage.of(
                InMemoryPage.of(offered, query, PackageOffer::name, PackageOrders.OFFERED), query, PackageView::from);
    }

    private Envelope<ItemPage<UserPackageView>> page(HttpRequest<?> request, List<HeldPackage> mine) {
        PageQuery query = Paging.of(request, PackageOrders.HELD.keySet());
        Instant now = clock.instant();
        return ItemPage.of(
                InMemoryPage.of(mine, query, HeldPackage::name, PackageOrders.HELD),
                query,
                shown -> UserPackageView.from(shown, now));
    }

    private static boolean isActive(HeldPackage mine, Instant now) {
        return mine.held().at(now).status() == PackageStatus.ACTIVE
                && !now.isBefore(mine.held().startsAt());
    }
}
