package dev.tollgate.domain.entitlement;

import dev.tollgate.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A package on offer, as an operator describes it.
 *
 * @param price what it is sold for; told, never charged here
 * @param active whether it may still be assigned
 */
public record PackageOffer(
        PackageId id, String name, @Nullable String description, Money price, boolean active, OfferTerms terms) {
    public PackageOffer {
        if (name.isBlank() || price.isNegative()) {
            throw new IllegalArgumentException("a package has a name and a price: " + name + ", " + price.text());
        }
    }
}
