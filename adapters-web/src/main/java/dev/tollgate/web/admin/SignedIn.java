package dev.tollgate.web.admin;

import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.UserId;
import io.micronaut.security.authentication.Authentication;
import java.util.List;
import java.util.Map;

/** Who makes a call of the API. A controller's method that has a parameter of this type is given it. */
public record SignedIn(UserId userId, String username, Role role) {
    private static final String SELF = "tollgate.signed-in";

    /** The form in which the security framework carries it. */
    public Authentication authentication() {
        return Authentication.build(username, List.of(role.name()), Map.of(SELF, this));
    }

    /** Who an authentication is for. @throws IllegalArgumentException if it was not made by {@link #authentication()} */
    public static SignedIn of(Authentication authentication) {
        if (authentication.getAttributes().get(SELF) instanceof SignedIn self) {
            return self;
        }
        throw new IllegalArgumentException("an authentication that is not ours");
    }
}
