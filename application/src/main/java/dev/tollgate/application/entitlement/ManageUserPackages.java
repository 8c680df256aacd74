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

    boolean end(UserPackageId id, @Nullable UserId actor);

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
