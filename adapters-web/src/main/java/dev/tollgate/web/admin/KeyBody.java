package dev.tollgate.web.admin;

import dev.tollgate.application.apikey.KeyTerms;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.BillingType;
import dev.tollgate.domain.apikey.Cidr;
import dev.tollgate.domain.apikey.KeyExpiry;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.apikey.KeyScope;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.pricing.ModelPatterns;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields that may be set of a key, read from a body; those that cost others money are for admins only. */
public final class KeyBody {
    private static final int NAME_LENGTH_MAX = 100;
    private static final int MODEL_LENGTH_MAX = 200;
    private static final int PLATFORM_LENGTH_MAX = 64;
    private static final int DAYS_MAX = 36_500;
    private static final long COUNT_MAX = 1_000_000_000_000L;
    private static final Map<String, Boolean> STATUSES = Map.of("active", true, "disabled", false);

    private final Given<String> name;
    private final Given<Boolean> active;
    private final Given<Instant> expiresAt;
    private final Given<Integer> expiresAfterDays;
    private final Given<Set<String>> allowedModels;
    private final Given<Set<String>> blockedModels;
    private final Given<Set<String>> allowedPlatforms;
    private final Given<Set<Cidr>> allowedIps;
    private final KeyLimitsBody limits;
    private final Given<BillingType> billingType;
    private final Given<Long> userPackage;
    private final @Nullable AdminsOnly adminsOnly;

    private KeyBody(JsonBody body, boolean creating, boolean byAdmin) {
        name = body.text("name", NAME_LENGTH_MAX).requiredIf(creating);
        active = body.choice("status", STATUSES).notNull();
        expiresAt = body.instant("expires_at");
        expiresAfterDays = body.integer("expires_after_days", 1, DAYS_MAX);
        allowedModels = body.texts("allowed_models", MODEL_LENGTH_MAX);
        blockedModels = body.texts("blocked_models", MODEL_LENGTH_MAX);
        allowedPlatforms = body.texts("allowed_platforms", PLATFORM_LENGTH_MAX);
        allowedIps = body.list(
                "allowed_ips",
                "must be a list of addresses or blocks, such as 10.0.0.0/8",
                node -> node.isString() ? new Cidr(node.getStringValue()) : null);
        limits = new KeyLimitsBody(body);
        billingType = body.choice("billing_type", BillingType.class);
        userPackage = body.id("user_package_id");
        adminsOnly = byAdmin ? new AdminsOnly(body) : null;
    }

    /** Declares the fields; the caller may declare more before it checks the body. */
    public static KeyBody declare(JsonBody body, boolean creating, boolean byAdmin) {
        return new KeyBody(body, creating, byAdmin);
    }

    /** The terms of a new key. */
    public KeyTerms terms() {
        return over(KeyTerms.unrestricted(name.value()));
    }

    /** Terms with what is given put over them. */
    public KeyTerms over(KeyTerms terms) {
        KeyExpiry expiry = terms.expiry();
        Long bound = terms.boundPackage() == null ? null : terms.boundPackage().value();
        Long newBound = userPackage.orNull(bound);
        Multiplier multiplier = terms.multiplier();
        return new KeyTerms(
                name.or(terms.name()),
                active.or(terms.active()),
                new KeyExpiry(
                        expiresAt.orNull(expiry.at()),
                        expiresAfterDays.orNull(expiry.daysFromFirstUse()),
                        expiry.firstUsed()),
                over(terms.scope()),
                limits.over(terms.limits()),
                adminsOnly == null ? multiplier : adminsOnly.multiplier.orNull(multiplier),
                billingType.or(terms.billingType(), BillingType.ANY),
                newBound == null ? null : new UserPackageId(newBound));
    }

    private KeyScope over(KeyScope scope) {
        return new KeyScope(
                new ModelPatterns(allowedModels.or(scope.allowedModels().patterns(), Set.of())),
                new ModelPatterns(blockedModels.or(scope.blockedModels().patterns(), Set.of())),
                allowedPlatforms.or(scope.platforms(), Set.of()),
                allowedIps.or(scope.addresses(), Set.of()),
                adminsOnly == null ? scope.groups() : set(adminsOnly.groups, scope.groups(), GroupId::new),
                adminsOnly == null ? scope.accounts() : set(adminsOnly.accounts, scope.accounts(), AccountId::new));
    }

    private static <T> Set<T> set(Given<Set<Long>> ids, Set<T> current, Function<Long, T> make) {
        return ids.isGiven() ? ids.or(Set.of()).stream().map(make).collect(Collectors.toSet()) : current;
    }

    /** What a key's holder cannot decide. */
    private static final class AdminsOnly {
        private final Given<Multiplier> multiplier;
        private final Given<Set<Long>> groups;
        private final Given<Set<Long>> accounts;

        AdminsOnly(JsonBody body) {
            multiplier = body.multiplier("price_multiplier");
            groups = body.ids("group_ids");
            accounts = body.ids("account_ids");
        }
    }

    /** The limits among the fields. */
    private static final class KeyLimitsBody {
        private final Given<Long> rpm;
        private final Given<Long> tpm;
        private final Given<Integer> maxConcurrency;
        private final Given<Long> dailyRequests;
        private final Given<Money> dailyCost;
        private final Given<Money> monthlyCost;
        private final Given<Money> totalCost;

        KeyLimitsBody(JsonBody body) {
            rpm = body.number("rpm_limit", 0, COUNT_MAX);
            tpm = body.number("tpm_limit", 0, COUNT_MAX);
            maxConcurrency = body.integer("max_concurrency", 0, 1_000_000);
            dailyRequests = body.number("daily_request_limit", 0, COUNT_MAX);
            dailyCost = body.money("daily_cost_limit");
            monthlyCost = body.money("monthly_cost_limit");
            totalCost = body.money("total_cost_limit");
        }

        KeyLimits over(KeyLimits limits) {
            return new KeyLimits(
                    rpm.or(limits.rpm(), 0L),
                    tpm.or(limits.tpm(), 0L),
                    maxConcurrency.or(limits.maxConcurrency(), 0),
                    dailyRequests.or(limits.dailyRequests(), 0L),
                    dailyCost.or(limits.dailyCost(), Money.ZERO),
                    monthlyCost.or(limits.monthlyCost(), Money.ZERO),
                    totalCost.or(limits.totalCost(), Money.ZERO));
        }
    }
}
