package dev.tollgate.application.identity;

import dev.tollgate.domain.identity.UserId;
import java.time.Instant;

/** Digests of the tokens that renew a sign-in. Each is good once; all that follow one sign-in are a family. */
public interface RefreshTokens {
    void add(RefreshToken token);

    /**
     * Marks a token as used, atomically: of two uses one is told {@link Use.Again}, and the family is gone. Tokens that
     * have expired are unknown.
     */
    Use use(TokenDigest digest, Instant now);

    /** Forgets all of a user's tokens. */
    void endAll(UserId user);

    /**
     * One token, by its digest.
     *
     * @param epoch its user's when it was given out: with another one it no longer holds
     */
    record RefreshToken(
            TokenDigest digest, long family, UserId userId, long epoch, Instant issuedAt, Instant expiresAt) {}

    /** What became of a use. */
    sealed interface Use {
        record First(RefreshToken token) implements Use {}

        record Again(UserId userId) implements Use {}

        record Unknown() implements Use {}
    }
}
