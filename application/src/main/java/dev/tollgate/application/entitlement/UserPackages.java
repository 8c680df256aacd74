package dev.tollgate.application.entitlement;

import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The packages users hold, without what is spent, and the ledger of what happened to them. Each edit is one transaction
 * with its ledger entry and the announcement of the change.
 */
public interface UserPackages {
    /** What each of these users holds, ended ones included and removed ones not, in the order of assignment. */
    Map<UserId, List<HeldPackage>> of(Collection<UserId> users);

    Optional<HeldPackage> find(UserPackageId id);

    /** The package that something happened to under a user's reference, even if it was removed since. */
    Optional<HeldPackage> assigned(UserId user, String reference);

    /** Adds a package; false, and nothing is added, if the user's ledger has the event's reference already. */
    boolean add(HeldPackage held, PackageEvent event);

    /**
     * Stores an edited package if its version is one above the stored one and the event's reference is new; false if
     * somebody else was first.
     */
    boolean replace(UserPackage edited, PackageEvent event);

    /**
     * Ends a package for good: it is listed nowhere and pays for nothing. The answer is the package as it ended, a
     * version on; empty if it is gone already.
     */
    Optional<UserPackage> remove(UserPackageId id, PackageEvent event);

    /** What happened to a package, removed or not, newest first, before a given number if one is given. */
    List<Numbered> events(UserPackageId id, @Nullable Long before, int limit);

    /** An event with its number in the ledger, which rises. */
    record Numbered(long number, PackageEvent event) {}
}
