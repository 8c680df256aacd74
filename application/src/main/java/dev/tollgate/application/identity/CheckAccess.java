package dev.tollgate.application.identity;

import dev.tollgate.domain.identity.User;
import java.util.Optional;

/** Use case: tell who makes a call of the API. */
public interface CheckAccess {
    /** The user an access token is for, with its present rights; empty if the token no longer, or never, held. */
    Optional<User> userOf(String accessToken);
}
