package dev.tollgate.application.identity;

import java.time.Duration;

/**
 * How long sign-ins last and how often one may try.
 *
 * @param attemptsMax tries for one name from one address within {@code attemptsWithin}
 */
public record SignInTerms(Duration accessTokenTtl, Duration refreshTokenTtl, int attemptsMax, Duration attemptsWithin) {
    public static final SignInTerms USUAL =
            new SignInTerms(Duration.ofMinutes(10), Duration.ofDays(30), 10, Duration.ofMinutes(15));

    public SignInTerms {
        if (accessTokenTtl.compareTo(refreshTokenTtl) >= 0 || !accessTokenTtl.isPositive()) {
            throw new IllegalArgumentException("an access token lives, and not as long as a refresh token");
        }
    }
}
