package dev.tollgate.web.auth;

import dev.tollgate.application.identity.SignIn.Outcome;
import dev.tollgate.domain.identity.User;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.Locale;

/**
 * The answer to a sign-in.
 *
 * @param expiresIn seconds
 */
@Serdeable(naming = SnakeCaseStrategy.class)
record SignedInView(String accessToken, String tokenType, long expiresIn, String refreshToken, Whose user) {
    static SignedInView of(Outcome.SignedIn signedIn) {
        User user = signedIn.user();
        return new SignedInView(
                signedIn.accessToken(),
                "Bearer",
                signedIn.expiresIn().toSeconds(),
                signedIn.refreshToken(),
                new Whose(
                        user.id().value(),
                        user.username(),
                        user.role().name().toLowerCase(Locale.ROOT),
                        signedIn.mustChangePassword()));
    }

    @Override
    public String toString() {
        return "SignedInView[" + user + "]";
    }

    /** Who has signed in. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Whose(long id, String username, String role, boolean mustChangePassword) {}
}
