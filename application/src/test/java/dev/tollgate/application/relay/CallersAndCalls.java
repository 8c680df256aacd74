package dev.tollgate.application.relay;

import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.apikey.BillingType;
import dev.tollgate.domain.apikey.KeyExpiry;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.apikey.KeyScope;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.HomeZone;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.domain.pricing.ModelId;
import dev.tollgate.domain.usage.Served;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the parts of an admission are given in tests: the user and key of {@link Calls}, their calls and their money. */
final class CallersAndCalls {
    static final long CONTEXT_WINDOW = 1_000;
    static final long MODEL_OUTPUT = 400;
    static final CallBounds BOUNDED = new CallBounds(100L, 50L, 1, java.util.Map.of());

    private CallersAndCalls() {}

    static User user(BillingMode mode, @Nullable Multiplier multiplier, UserLimits limits) {
        return new User(
                Calls.USER,
                "ann",
                null,
                Role.USER,
                true,
                mode,
                multiplier,
                limits,
                0,
                HomeZone.of(ZoneOffset.UTC),
                Set.of());
    }

    static ApiKey key(
            KeyLimits limits,
            @Nullable Multiplier multiplier,
            BillingType billingType,
            @Nullable UserPackageId boundPackage) {
        return new ApiKey(
                Calls.KEY,
                Calls.USER,
                "k",
                true,
                KeyExpiry.NEVER,
                KeyScope.ANYTHING,
                limits,
                0,
                multiplier,
                billingType,
                boundPackage);
    }

    static KeyHolder holder(BillingMode mode) {
        return new KeyHolder(key(KeyLimits.NONE, null, BillingType.ANY, null), user(mode, null, UserLimits.NONE));
    }

    /** A call for the model of {@link Calls}, each token of which costs one nano-dollar. */
    static Entrance.Result.Granted granted(KeyHolder holder, CallBounds bounds) {
        CallBody body = new CallBody(
                new byte[80], CallBody.JSON, "model-a", true, bounds, false, Served.ORDINARY, List.of(), List.of());
        RelayCall call = new RelayCall(
                Calls.id(), "chat", "/chat/completions", null, null, "key", List.of(), body, null, false, null, null);
        Model model = new Model(new ModelId(1), "model-a", "openai", Set.of(), true, CONTEXT_WINDOW, MODEL_OUTPUT);
        return new Entrance.Result.Granted(call, holder, new PriceBook.Priced(model, Calls.PRICE, "model-a"));
    }

    /** What a user has. */
    record Purse(List<UserPackage> held, Money granted) implements Wallets {
        @Override
        public List<UserPackage> packages(UserId user) {
            return held;
        }

        @Override
        public Credit credit(UserId user) {
            return new Credit(granted, 3);
        }
    }

    /** Settings as they are without any edit, but for the multiplier of all prices. */
    static final class Settings extends UneditedSettings {
        private final Multiplier globalMultiplier;

        Settings(Multiplier globalMultiplier) {
            this.globalMultiplier = globalMultiplier;
        }

        @Override
        public Multiplier globalMultiplier() {
            return globalMultiplier;
        }

        @Override
        public long defaultMaxOutput() {
            return 200;
        }

        @Override
        public long minOutput() {
            return 10;
        }
    }
}
