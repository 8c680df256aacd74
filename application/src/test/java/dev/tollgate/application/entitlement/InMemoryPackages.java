package dev.tollgate.application.entitlement;

import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.PackageOffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Packages on offer in a map. */
public final class InMemoryPackages implements Packages {
    private final Map<PackageId, PackageOffer> offers = new ConcurrentHashMap<>();

    @Override
    public List<PackageOffer> all() {
        return offers.values().stream()
                .sorted(Comparator.comparingLong(
                                (PackageOffer offer) -> offer.id().value())
                        .reversed())
                .toList();
    }

    @Override
    public Optional<PackageOffer> find(PackageId id) {
        return Optional.ofNullable(offers.get(id));
    }

    @Override
    public void add(PackageOffer offer) {
        offers.put(offer.id(), offer);
    }

    @Override
    public boolean replace(PackageOffer offer) {
        return offers.replace(offer.id(), offer) != null;
    }

    @Override
    public boolean remove(PackageId id) {
        return offers.remove(id) != null;
    }
}
