package dev.tollgate.application.entitlement;

import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.PackageOffer;
import java.util.List;
import java.util.Optional;

/** The packages on offer, few enough to be read whole. Each edit is one transaction that also announces the change. */
public interface Packages {
    /** All of them, newest first. */
    List<PackageOffer> all();

    Optional<PackageOffer> find(PackageId id);

    void add(PackageOffer offer);

    /** Puts an offer in the place of the one with its id; false if that is gone. */
    boolean replace(PackageOffer offer);

    /** Takes an offer away; what was assigned of it stays as it is. False if it is gone already. */
    boolean remove(PackageId id);
}
