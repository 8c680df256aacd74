package dev.tollgate.web.admin.entitlement;

import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.domain.entitlement.PackageOffer;
import java.util.Comparator;
import java.util.Map;

/** What lists of packages can be sorted by, for admins as for users. */
public final class PackageOrders {
    public static final Map<String, Comparator<PackageOffer>> OFFERED = Map.of(
            "id", Comparator.comparingLong(offer -> offer.id().value()),
            "name", Comparator.comparing(PackageOffer::name),
            "price", Comparator.comparing(PackageOffer::price));
    public static final Map<String, Comparator<HeldPackage>> HELD = Map.of(
            "id", Comparator.comparingLong(shown -> shown.held().id().value()),
            "name", Comparator.comparing(HeldPackage::name),
            "priority", Comparator.comparingInt(shown -> shown.held().priority()),
            "start_time", Comparator.comparing(shown -> shown.held().startsAt()));

    private PackageOrders() {}
}
