package dev.tollgate.application.entitlement;

import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageEdit;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Assigns packages to users, renews them and ends them. Whatever it answers tells what is spent and held. */
public interface ManageUserPackages {
    List<HeldPackage> of(UserId user);

    Optional<HeldPackage> find(UserPackageId id);

    /** Assigns a package; the same reference for the same user assigns once and answers what it assigned. */
    Assigned assign(Assignment assignment);

    /** Applies an edit to the package as it is stored; empty if it is gone. */
    Optional<HeldPackage> change(UserPackageId id, Function<UserPackage, UserPackageEdit> edit, @Nullable UserId actor);

    /**
     * Ends a package for good; no node admits a call on it any more, and what running calls hold of it stays theirs.
     * False if it is gone.
     */
    boolean end(UserPackageId id, @Nullable UserId actor);

    /** Lets a package that has not ended end a term later; the same reference for the same user renews once. */
    Renewed renew(Renewal renewal);

    /**
     * What happened to a package, newest first, before a given number if one is given; a removed one's too. Empty if
     * there never was such a package.
     */
    List<UserPackages.Numbered> events(UserPackageId id, @Nullable Long before, int limit);

    /** One more term for a package. */
    record Renewal(
            UserPackageId id,
            @Nullable String reference,
            @Nullable UserId actor) {}

    /** What became of a renewal. */
    sealed interface Renewed {
        /** The package as it is then. */
        record Done(HeldPackage held, boolean repeated) implements Renewed {}

        record Gone() implements Renewed {}

        /** It ended before; a new one must be assigned. */
        record Over() implements Renewed {}

        /** It never ends, or was sold without a term. */
        record NoTerm() implements Renewed {}

        /** Something happened to another package under the reference. */
        record ReferenceTaken() implements Renewed {}
    }

    /**
     * A package for a user.
     *
     * @param start null for now
     */
    record Assignment(
            UserId user,
            PackageId offer,
            @Nullable Instant start,
            @Nullable String reference,
            @Nullable UserId actor) {}

    /** What became of an assignment. */
    sealed interface Assigned {
        record Done(HeldPackage held) implements Assigned {}

        record NoSuchUser() implements Assigned {}

        record NoSuchPackage() implements Assigned {}

        /** The package is not on offer any more. */
        record Withdrawn() implements Assigned {}
    }
}
