package dev.tollgate.application.identity;

import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Refresh tokens in a map. */
public final class InMemoryRefreshTokens implements RefreshTokens {
    private final Map<TokenDigest, RefreshToken> tokens = new HashMap<>();
    private final Set<TokenDigest> used = new HashSet<>();

    @Override
    public synchronized void add(RefreshToken token) {
        tokens.put(token.digest(), token);
    }

    @Override
    public synchronized Use use(TokenDigest digest, Instant now) {
        RefreshToken token = tokens.get(digest);
        if (token == null || !now.isBefore(token.expiresAt())) {
            return new Use.Unknown();
        }
        if (used.add(digest)) {
            return new Use.First(token);
        }
        tokens.values().removeIf(other -> other.family() == token.family());
        return new Use.Again(token.userId());
    }

    @Override
    public synchronized void endAll(UserId user) {
        tokens.values().removeIf(token -> token.userId().equals(user));
    }
}
