package dev.tollgate.application.entitlement;

import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The packages users hold, without what is spent, and the ledger of what happened to them. Each edit is one transaction
 * with its ledger entry and the announcement of the change.
 */
public interface UserPackages {
    /** What each of these users holds, ended ones included and removed ones not, in the order of assignment. */
    Map<UserId, List<HeldPackage>> of(Collection<UserId> users);

    Optional<HeldPackage> find(UserPackageId id);

    /** The package that was assigned to a user under a reference, even if it was removed since. */
    Optional<HeldPackage> assigned(UserId user, String reference);

    /** Adds a package; false, and nothing is added, if the user's ledger has the event's reference already. */
    boolean add(HeldPackage held, PackageEvent event);

    /** Stores an edited package if its version is one above the stored one; false if somebody else was first. */
    boolean replace(UserPackage edited, PackageEvent event);

    /** Ends a package for good: it is listed nowhere and pays for nothing. False if it is gone already. */
    boolean remove(UserPackageId id, PackageEvent event);

    /** What happened to a package, oldest first. */
    List<PackageEvent> events(UserPackageId id);
}
