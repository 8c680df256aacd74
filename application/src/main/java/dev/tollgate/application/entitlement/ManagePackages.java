package dev.tollgate.application.entitlement;

import dev.tollgate.domain.entitlement.OfferTerms;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.PackageOffer;
import dev.tollgate.domain.money.Money;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Describes, changes and withdraws the packages on offer. */
public interface ManagePackages {
    List<PackageOffer> list();

    Optional<PackageOffer> find(PackageId id);

    PackageOffer create(Draft draft);

    /** Applies a change to the offer as it is stored; empty if it is gone. */
    Optional<PackageOffer> change(PackageId id, UnaryOperator<PackageOffer> change);

    boolean remove(PackageId id);

    /** An offer that has no id yet. */
    record Draft(String name, @Nullable String description, Money price, boolean active, OfferTerms terms) {}
}
