package dev.tollgate.application.entitlement;

import dev.tollgate.application.identity.Ids;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.PackageOffer;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps the packages on offer. */
public final class ManagePackagesService implements ManagePackages {
    private final Packages packages;
    private final Ids ids;

    public ManagePackagesService(Packages packages, Ids ids) {
        this.packages = packages;
        this.ids = ids;
    }

    @Override
    public List<PackageOffer> list() {
        return packages.all();
    }

    @Override
    public Optional<PackageOffer> find(PackageId id) {
        return packages.find(id);
    }

    @Override
    public PackageOffer create(Draft draft) {
        PackageOffer offer = new PackageOffer(
                new PackageId(ids.next()),
                draft.name(),
                draft.description(),
                draft.price(),
                draft.active(),
                draft.terms());
        packages.add(offer);
        return offer;
    }

    @Override
    public Optional<PackageOffer> change(PackageId id, UnaryOperator<PackageOffer> change) {
        return packages.find(id).map(change).filter(packages::replace);
    }

    @Override
    public boolean remove(PackageId id) {
        return packages.remove(id);
    }
}
