package dev.tollgate.application.identity;

import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import java.util.Optional;

/** Access tokens that say in plain text what they are. */
public final class NumberedTokens implements AccessTokens {
    @Override
    public String issue(User user, long epoch, Instant issuedAt, Instant expiresAt) {
        return user.id().value() + ":" + epoch + ":" + expiresAt.toEpochMilli();
    }

    @Override
    public Optional<Claims> read(String token, Instant now) {
        String[] parts = token.split(":", -1);
        if (parts.length != 3 || now.toEpochMilli() >= Long.parseLong(parts[2])) {
            return Optional.empty();
        }
        return Optional.of(new Claims(new UserId(Long.parseLong(parts[0])), Long.parseLong(parts[1])));
    }
}
