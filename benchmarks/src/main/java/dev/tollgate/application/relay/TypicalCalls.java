package dev.tollgate.application.relay;

import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.apikey.BillingType;
import dev.tollgate.domain.apikey.KeyExpiry;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.apikey.KeyScope;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.PackageTerms;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.HomeZone;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.money.TokenPrice;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.ModelId;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.pricing.TokenRates;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.usage.Served;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Calls of a thousand users by turns. Each user has a limit of everything a user can have, a key with a limit of
 * everything a key can have, a subscription limited by day, week and month, and credit.
 */
final class TypicalCalls {
    /** How much later each call is than the one before. */
    static final long PACE_MILLIS = 10;

    private static final int USERS = 1_000;
    private static final int MANY = 1_000_000_000;
    private static final Money MUCH = Money.ofDollars("1000000");
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private final List<KeyHolder> holders = new ArrayList<>();
    private final PriceBook.Priced priced = new PriceBook.Priced(
            new Model(new ModelId(1), "model-a", "openai", Set.of(), true, 100_000L, 4_096L),
            new PriceVersion(
                    new PriceVersionId(1),
                    "model-a",
                    Instant.EPOCH,
                    PriceSheet.of(TokenRates.of(new TokenPrice(1_000_000), new TokenPrice(10_000_000)))),
            "model-a");
    private volatile long made;

    TypicalCalls() {
        for (int user = 1; user <= USERS; user++) {
            holders.add(holder(user));
        }
    }

    InstantSource clock() {
        return () -> START.plusMillis(made * PACE_MILLIS);
    }

    Entrance.Result.Granted next() {
        made++;
        KeyHolder holder = holders.get((int) (made % USERS));
        CallBody body = new CallBody(
                new byte[4_000],
                CallBody.JSON,
                "model-a",
                true,
                new CallBounds(4_000L, 2_000L, 1, Map.of()),
                true,
                Served.ORDINARY,
                List.of("session " + holder.user().id().value()),
                List.of());
        RelayCall call = new RelayCall(
                RequestId.at(clock().instant(), made, made),
                "chat",
                "/chat/completions",
                null,
                null,
                null,
                List.of(),
                body,
                null,
                false,
                "192.0.2.1",
                null);
        return new Entrance.Result.Granted(call, holder, priced);
    }

    Admitting admitting(LiveStore liveStore) {
        Outage outage = new Outage(() -> Money.ZERO, () -> true, clock());
        return new Admitting(
                new PayerChoice(new Purse()),
                liveStore,
                outage,
                answering(UsageJournal.class, Map.of("isWritable", true)),
                answering(
                        RelaySettings.class,
                        Map.of(
                                "defaultMaxOutput", 8_192L,
                                "minOutput", 256L,
                                "globalMultiplier", Multiplier.ONE)),
                (user, subject, window) -> {});
    }

    /** A port that is only asked for what does not change. */
    private static <T> T answering(Class<T> port, Map<String, Object> answers) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    private static KeyHolder holder(int number) {
        User user = new User(
                new UserId(number),
                "user-" + number,
                null,
                Role.USER,
                true,
                BillingMode.PREPAID,
                null,
                new UserLimits(MANY, MANY, MUCH, MUCH),
                0,
                HomeZone.of(ZONE),
                Set.of());
        ApiKey key = new ApiKey(
                new ApiKeyId(number),
                user.id(),
                "laptop",
                true,
                KeyExpiry.NEVER,
                KeyScope.ANYTHING,
                new KeyLimits(MANY, MANY * 1_000L, MANY, MANY, MUCH, MUCH, MUCH),
                0,
                null,
                BillingType.ANY,
                null);
        return new KeyHolder(key, user);
    }

    private static final class Purse implements Wallets {
        private final Map<UserId, List<UserPackage>> packages = new HashMap<>();

        Purse() {
            for (int user = 1; user <= USERS; user++) {
                packages.put(new UserId(user), List.of(subscription(user)));
            }
        }

        private static UserPackage subscription(int user) {
            return new UserPackage(
                    new UserPackageId(user),
                    new UserId(user),
                    new PackageId(1),
                    PackageTerms.subscription(
                            ZONE, Map.of(WindowKind.DAY, MUCH, WindowKind.WEEK, MUCH, WindowKind.MONTH, MUCH)),
                    START.minusSeconds(86_400),
                    null,
                    true,
                    0,
                    1,
                    Map.of());
        }

        @Override
        public List<UserPackage> packages(UserId user) {
            return packages.getOrDefault(user, List.of());
        }

        @Override
        public Credit credit(UserId user) {
            return new Credit(MUCH, 1);
        }
    }
}
