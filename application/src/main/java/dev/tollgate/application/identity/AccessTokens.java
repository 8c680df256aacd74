package dev.tollgate.application.identity;

import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import java.util.Optional;

/** Short-lived, signed proofs of who has signed in. */
public interface AccessTokens {
    String issue(User user, long epoch, Instant issuedAt, Instant expiresAt);

    /** What a token of ours that holds at an instant says; empty for every other text. */
    Optional<Claims> read(String token, Instant now);

    /** What is believed of a token: whose it is, and of which epoch. Rights come from the store. */
    record Claims(UserId userId, long epoch) {}
}
