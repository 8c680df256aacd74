package dev.tollgate.domain.apikey;

import dev.tollgate.domain.entitlement.PackageType;
import java.util.Set;

/** Which of a user's packages a key's calls may be paid from. */
public enum BillingType {
    QUOTA(PackageType.QUOTA),
    SUBSCRIPTION(PackageType.SUBSCRIPTION),
    ANY(PackageType.QUOTA, PackageType.SUBSCRIPTION);

    @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed
    private final Set<PackageType> packageTypes;

    BillingType(PackageType... packageTypes) {
        this.packageTypes = Set.of(packageTypes);
    }

    public Set<PackageType> packageTypes() {
        return packageTypes;
    }
}
