package dev.tollgate.application.identity;

import dev.tollgate.application.identity.AccessTokens.Claims;
import dev.tollgate.application.identity.Changes.Kind;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Believes a token for as long as its user's epoch stands, which it looks up anew every few seconds; while the database
 * is away, what it saw last stands for as long as a copy may serve unconfirmed.
 */
public final class CheckAccessService implements CheckAccess {
    private static final Duration BELIEVED = Duration.ofSeconds(4);
    private static final int USERS_MAX = 10_000;

    private final AccessTokens tokens;
    private final Users users;
    private final InstantSource clock;
    private final Map<UserId, Seen> lately = new ConcurrentHashMap<>();

    public CheckAccessService(AccessTokens tokens, Users users, Changes changes, InstantSource clock) {
        this.tokens = tokens;
        this.users = users;
        this.clock = clock;
        changes.subscribe(change -> {
            if (change.kind() == Kind.USER) {
                lately.clear();
            }
        });
    }

    @Override
    public Optional<User> userOf(String accessToken) {
        Instant now = clock.instant();
        return tokens.read(accessToken, now).flatMap(claims -> holder(claims, now));
    }

    private Optional<User> holder(Claims claims, Instant now) {
        Seen seen = lately.get(claims.userId());
        if (seen == null || !now.isBefore(seen.at().plus(BELIEVED))) {
            seen = look(claims.userId(), seen, now);
        }
        return seen.user()
                .filter(user -> user.isActive() && user.login().epoch() == claims.epoch())
                .map(StoredUser::user);
    }

    private Seen look(UserId id, @Nullable Seen before, Instant now) {
        Seen seen;
        try {
            seen = new Seen(users.find(id), now);
        } catch (StoreUnavailable away) {
            if (before == null || !now.isBefore(before.at().plus(Snapshot.UNCONFIRMED_MAX))) {
                throw away;
            }
            return before;
        }
        if (lately.size() >= USERS_MAX) {
            lately.clear();
        }
        lately.put(id, seen);
        return seen;
    }

    private record Seen(Optional<StoredUser> user, Instant at) {}
}
