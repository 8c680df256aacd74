package dev.tollgate.application.identity;

import dev.tollgate.domain.identity.HomeZone;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Use case: see and change what is one's own. */
public interface ManageProfile {
    Optional<StoredUser> find(UserId id);

    /** Changes what a user may decide for itself. */
    Optional<StoredUser> change(UserId id, UnaryOperator<Profile> change);

    /** Sets a new password and ends every sign-in; false if the present one is wrong. */
    boolean changePassword(UserId id, String present, String next);

    /** What a user decides for itself. */
    record Profile(@Nullable String email, HomeZone home) {
        static Profile of(User user) {
            return new Profile(user.email(), user.home());
        }
    }
}
