package dev.tollgate.bootstrap.demo;

import dev.tollgate.application.account.Access;
import dev.tollgate.application.account.AccountForm;
import dev.tollgate.application.account.ManageAccounts;
import dev.tollgate.application.apikey.KeyTerms;
import dev.tollgate.application.apikey.ManageApiKeys;
import dev.tollgate.application.entitlement.ManageCredits;
import dev.tollgate.application.entitlement.ManagePackages;
import dev.tollgate.application.entitlement.ManageRedeemCodes;
import dev.tollgate.application.entitlement.ManageUserPackages;
import dev.tollgate.application.entitlement.RedeemCode;
import dev.tollgate.application.identity.ManageUsers;
import dev.tollgate.application.identity.UserTerms;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.apikey.BillingType;
import dev.tollgate.domain.entitlement.MonthRule;
import dev.tollgate.domain.entitlement.OfferTerms;
import dev.tollgate.domain.entitlement.PackageOffer;
import dev.tollgate.domain.entitlement.PackageType;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.HomeZone;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.ModelPatterns;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two users with three keys, what they have bought, and the simulated provider that serves them. */
@Singleton
final class DemoWorld {
    /** How long ago everything began. */
    static final Duration AGO = Duration.ofDays(30);

    private static final int TERM_DAYS = 60;
    private static final int CODES = 2;
    private static final int PASSWORD_BYTES = 15;
    private static final ZoneId ZONE = ZoneId.of("UTC");

    private final ManageUsers users;
    private final ManageApiKeys apiKeys;
    private final ManageAccounts accounts;
    private final ManagePackages packages;
    private final ManageUserPackages userPackages;
    private final ManageCredits credits;
    private final ManageRedeemCodes redeemCodes;
    private final InstantSource clock;

    DemoWorld(
            ManageUsers users,
            ManageApiKeys apiKeys,
            ManageAccounts accounts,
            ManagePackages packages,
            ManageUserPackages userPackages,
            ManageCredits credits,
            ManageRedeemCodes redeemCodes,
            InstantSource clock) {
        this.users = users;
        this.apiKeys = apiKeys;
        this.accounts = accounts;
        this.packages = packages;
        this.userPackages = userPackages;
        this.credits = credits;
        this.redeemCodes = redeemCodes;
        this.clock = clock;
    }

    /** Makes all of it, or nothing if the first user is there already. */
    Optional<DemoPeople> create() {
        return user("demo-ada").flatMap(ada -> user("demo-ben").map(ben -> equip(ada, ben)));
    }

    private DemoPeople equip(User ada, User ben) {
        Account account = account();
        UserPackage subscription = held(ada, offer("Demo subscription", "29", subscription()));
        UserPackage quota = held(ben, offer("Demo quota", "50", quota()));
        Money credit = credit(ben, Money.ofDollars("25"));
        Map<String, String> texts = new LinkedHashMap<>();
        ApiKey laptop = key(ada, "demo-laptop", BillingType.ANY, null, texts);
        ApiKey server = key(ben, "demo-server", BillingType.QUOTA, quota, texts);
        ApiKey scripts = key(ben, "demo-scripts", BillingType.ANY, null, texts);
        Map<String, String> codes = new LinkedHashMap<>();
        codes(new RedeemCode.Gift.OfCredit(Money.ofDollars("5")), "demo-credit", codes);
        codes(new RedeemCode.Gift.OfPackage(subscription.packageId()), "demo-package", codes);
        return new DemoPeople(account, ada, ben, subscription, quota, credit, laptop, server, scripts, texts, codes);
    }

    /** Nobody signs in as them, so their passwords are random and told to nobody. */
    private Optional<User> user(String name) {
        UserTerms terms = new UserTerms(
                name, null, Role.USER, true, BillingMode.PREPAID, null, UserLimits.NONE, HomeZone.of(ZONE), Set.of());
        byte[] password = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(password);
        return switch (users.create(terms, Base64.getUrlEncoder().encodeToString(password))) {
            case ManageUsers.Outcome.Done done -> Optional.of(done.user().user());
            case ManageUsers.Outcome.NameTaken taken -> Optional.empty();
            case ManageUsers.Outcome.NoSuchUser absent -> throw new IllegalStateException("a new user is nobody");
            case ManageUsers.Outcome.LastAdmin admin -> throw new IllegalStateException("a new user is no admin");
        };
    }

    private Account account() {
        AccountForm form = new AccountForm(
                "Demo provider", AccountType.SIMULATED, Access.ORDINARY, Placement.ORDINARY, Serving.BY_FAMILY, true);
        return require(accounts.create(form, Map.of()), ManageAccounts.Outcome.Done.class)
                .account()
                .account();
    }

    private PackageOffer offer(String name, String price, OfferTerms terms) {
        return packages.create(
                new ManagePackages.Draft(name, "Part of the demonstration", Money.ofDollars(price), true, terms));
    }

    private static OfferTerms subscription() {
        return terms(
                PackageType.SUBSCRIPTION,
                Map.of(
                        WindowKind.DAY, Money.ofDollars("3"),
                        WindowKind.WEEK, Money.ofDollars("15"),
                        WindowKind.MONTH, Money.ofDollars("50")));
    }

    private static OfferTerms quota() {
        return terms(PackageType.QUOTA, Map.of(WindowKind.TOTAL, Money.ofDollars("100")));
    }

    private static OfferTerms terms(PackageType type, Map<WindowKind, Money> limits) {
        return new OfferTerms(type, SpendMode.STRICT, ZONE, MonthRule.CALENDAR, TERM_DAYS, limits, ModelPatterns.NONE);
    }

    private UserPackage held(User user, PackageOffer offer) {
        var assignment = new ManageUserPackages.Assignment(
                user.id(), offer.id(), clock.instant().minus(AGO), null, null);
        return require(userPackages.assign(assignment), ManageUserPackages.Assigned.Done.class)
                .held()
                .held();
    }

    private Money credit(User user, Money amount) {
        var grant = new ManageCredits.Grant(user.id(), amount, "demonstration", null, null, null);
        return require(credits.grant(grant), ManageCredits.Granted.Done.class)
                .entry()
                .amount();
    }

    private ApiKey key(
            User user, String name, BillingType billing, @Nullable UserPackage bound, Map<String, String> texts) {
        KeyTerms any = KeyTerms.unrestricted(name);
        KeyTerms terms = new KeyTerms(
                name, true, any.expiry(), any.scope(), any.limits(), null, billing, bound == null ? null : bound.id());
        ManageApiKeys.Issued issued = apiKeys.issue(user.id(), terms).orElseThrow();
        texts.put(name, issued.text().text());
        return issued.key().key();
    }

    private void codes(RedeemCode.Gift gift, String name, Map<String, String> texts) {
        RedeemCode.Terms terms = new RedeemCode.Terms(name, "Part of the demonstration", null, true);
        var batch = new ManageRedeemCodes.Batch(CODES, gift, terms, null);
        int number = 0;
        for (var made : require(redeemCodes.issue(batch), ManageRedeemCodes.Issued.Done.class)
                .codes()) {
            texts.put(name + "-" + ++number, made.text().text());
        }
    }

    private static <T> T require(Object outcome, Class<T> done) {
        if (done.isInstance(outcome)) {
            return done.cast(outcome);
        }
        throw new IllegalStateException("the demonstration could not be set up: " + outcome);
    }
}
