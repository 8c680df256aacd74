package dev.tollgate.web.admin;

import dev.tollgate.application.apikey.InMemoryApiKeys;
import dev.tollgate.application.apikey.KeyExamples;
import dev.tollgate.application.apikey.KeyFigures;
import dev.tollgate.application.apikey.ManageApiKeysService;
import dev.tollgate.application.identity.AccessTokens;
import dev.tollgate.application.identity.CheckAccessService;
import dev.tollgate.application.identity.FirstAdmin;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.InMemoryRefreshTokens;
import dev.tollgate.application.identity.InMemoryUsers;
import dev.tollgate.application.identity.ManageProfileService;
import dev.tollgate.application.identity.ManageUsersService;
import dev.tollgate.application.identity.PasswordHashes;
import dev.tollgate.application.identity.PlainPasswords;
import dev.tollgate.application.identity.RefreshTokens;
import dev.tollgate.application.identity.SignInService;
import dev.tollgate.application.identity.SignInTerms;
import dev.tollgate.application.identity.TimeOrderedIds;
import dev.tollgate.application.identity.UserFigures;
import dev.tollgate.application.identity.Users;
import dev.tollgate.application.relay.LimitName;
import dev.tollgate.application.relay.TellKeyUsage.KeyLimit;
import dev.tollgate.application.relay.TellUserLimits;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.SubjectKind;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The use cases of users, keys and sign-ins over twins, and a server on them. */
public final class UsersFixture {
    public static final String ADMIN_PASSWORD = "administrator";

    private final InMemoryChanges changes = new InMemoryChanges();
    private final Users users = new InMemoryUsers(changes);
    private final RefreshTokens refreshTokens = new InMemoryRefreshTokens();
    private final PasswordHashes passwords = new PlainPasswords();
    private final InstantSource clock = InstantSource.system();
    private final Ids ids = new TimeOrderedIds(clock, bound -> 0);

    /** Starts a server whose tokens are of this kind. */
    public TestServer start(AccessTokens tokens) {
        new FirstAdmin(users, passwords, ids, clock, ZoneId.of("UTC"))
                .createIfNone(ADMIN_PASSWORD)
                .ifPresent(generated -> {
                    throw new IllegalStateException("a password was given");
                });
        InMemoryApiKeys keys = new InMemoryApiKeys(users, changes);
        return TestServer.start(
                new ManageUsersService(users, refreshTokens, passwords, user -> {}, ids, clock),
                new ManageProfileService(users, refreshTokens, passwords, clock),
                new SignInService(users, refreshTokens, tokens, passwords, SignInTerms.USUAL, ids, clock),
                new CheckAccessService(tokens, users, changes, clock),
                new ManageApiKeysService(keys, new KeyExamples.PlainDigests(), users, holder -> {}, ids, clock),
                new SomeFigures(),
                new SomeLimits(),
                new SomeKeyFigures());
    }

    private static final class SomeFigures implements UserFigures {
        @Override
        public Map<UserId, UserFigures.Figures> of(Collection<UserId> asked) {
            UserFigures.Figures figures = new UserFigures.Figures(
                    Money.ofNanos(1_500_000_000), null, Money.ofNanos(2), Money.ofNanos(1), Money.ofNanos(123_000), 9);
            return asked.stream().collect(Collectors.toMap(Function.identity(), id -> figures));
        }
    }

    /** Of users with a daily limit a dollar is used of it and a cent held. */
    private static final class SomeLimits implements TellUserLimits {
        private static final LimitName DAILY = new LimitName(SubjectKind.USER, LimitName.Measure.COST, WindowKind.DAY);
        private static final Spent SPENT = new Spent(Money.ofDollars("1"), Money.ofDollars("0.01"));

        @Override
        public Map<UserId, List<KeyLimit>> of(Collection<User> asked) {
            return asked.stream()
                    .filter(user -> user.limits().dailyCost().isPositive())
                    .collect(Collectors.toMap(User::id, user -> List.of(daily(user))));
        }

        private static KeyLimit daily(User user) {
            return new KeyLimit.OfMoney(DAILY, user.limits().dailyCost(), SPENT, Instant.parse("2026-01-02T00:00:00Z"));
        }
    }

    private static final class SomeKeyFigures implements KeyFigures {
        @Override
        public Map<ApiKeyId, KeyFigures.Figures> of(Collection<ApiKeyId> asked) {
            KeyFigures.Figures figures =
                    new KeyFigures.Figures(Money.ofNanos(123_000), 9, Instant.parse("2026-01-01T00:00:00Z"));
            return asked.stream().collect(Collectors.toMap(Function.identity(), id -> figures));
        }
    }
}
