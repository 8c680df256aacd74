package dev.tollgate.application.identity;

import dev.tollgate.application.identity.RefreshTokens.RefreshToken;
import dev.tollgate.application.identity.RefreshTokens.Use;
import dev.tollgate.domain.identity.UserId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Signs users in and out. */
public final class SignInService implements SignIn {
    private static final int TOKEN_BYTES = 32;

    private final Users users;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final PasswordHashes passwords;
    private final SignInTerms terms;
    private final Ids ids;
    private final InstantSource clock;
    private final AttemptLimit attempts;
    private final SecureRandom random = new SecureRandom();
    private final String nobodysHash;

    public SignInService(
            Users users,
            RefreshTokens refreshTokens,
            AccessTokens accessTokens,
            PasswordHashes passwords,
            SignInTerms terms,
            Ids ids,
            InstantSource clock) {
        this.users = users;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.passwords = passwords;
        this.terms = terms;
        this.ids = ids;
        this.clock = clock;
        this.attempts = new AttemptLimit(terms.attemptsMax(), terms.attemptsWithin());
        this.nobodysHash = passwords.hash(newToken());
    }

    @Override
    public Outcome signIn(String username, String password, String address) {
        Instant now = clock.instant();
        String attempt = username.toLowerCase(Locale.ROOT) + "\n" + address;
        Optional<Duration> wait = attempts.take(attempt, now);
        if (wait.isPresent()) {
            return new Outcome.TooMany(wait.get());
        }
        Optional<StoredUser> user;
        try {
            user = users.named(username);
        } catch (StoreUnavailable away) {
            attempts.giveBack(attempt, now); // nothing was tried: an outage must lock nobody out
            throw away;
        }
        String hash = user.map(found -> found.login().passwordHash()).orElse(nobodysHash);
        boolean matches = passwords.matches(password, hash);
        if (!matches || user.isEmpty() || !user.get().isActive()) {
            return new Outcome.Refused();
        }
        attempts.forget(attempt);
        return signedIn(user.get(), ids.next(), now);
    }

    @Override
    public Outcome refresh(String refreshToken) {
        Instant now = clock.instant();
        return switch (refreshTokens.use(TokenDigest.of(refreshToken), now)) {
            case Use.First(RefreshToken token) ->
                users.find(token.userId())
                        .filter(user -> user.isActive() && user.login().epoch() == token.epoch())
                        .<Outcome>map(user -> signedIn(user, token.family(), now))
                        .orElseGet(Outcome.Refused::new);
            case Use.Again(UserId stolenFrom) -> {
                signOut(stolenFrom);
                yield new Outcome.Refused();
            }
            case Use.Unknown unknown -> new Outcome.Refused();
        };
    }

    @Override
    public void signOut(UserId user) {
        Optional<StoredUser> ended = users.change(
                user, stored -> stored.edited(stored.user(), stored.login().ended(), stored.updatedAt()));
        ended.ifPresent(stored -> refreshTokens.endAll(stored.id()));
    }

    private Outcome signedIn(StoredUser user, long family, Instant now) {
        String refreshToken = newToken();
        refreshTokens.add(new RefreshToken(
                TokenDigest.of(refreshToken),
                family,
                user.id(),
                user.login().epoch(),
                now,
                now.plus(terms.refreshTokenTtl())));
        String accessToken =
                accessTokens.issue(user.user(), user.login().epoch(), now, now.plus(terms.accessTokenTtl()));
        return new Outcome.SignedIn(
                accessToken,
                terms.accessTokenTtl(),
                refreshToken,
                user.user(),
                user.login().mustChangePassword());
    }

    private String newToken() {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }
}
