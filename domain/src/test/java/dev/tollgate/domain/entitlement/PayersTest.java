package dev.tollgate.domain.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.apikey.BillingType;
import dev.tollgate.domain.entitlement.UserPackage.Unfit;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.ModelPatterns;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PayersTest {
    private static final UserId USER = new UserId(7);
    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final Instant SOON = Instant.parse("2026-06-20T00:00:00Z");
    private static final Instant LATER = Instant.parse("2026-07-20T00:00:00Z");
    private static final Money DOLLAR = Money.ofNanos(1_000_000_000);
    private static final String MODEL = "claude-sonnet";
    private static final Set<PackageType> ANY = BillingType.ANY.packageTypes();

    @Test
    void subscriptions_come_before_quotas_whatever_expires_first() {
        UserPackage quota = quota(1, SOON, 0);
        UserPackage subscription = subscription(2, null, 9);

        assertThat(prepaid(quota, subscription).order(MODEL, NOW, ANY).packages())
                .containsExactly(subscription, quota);
    }

    @Test
    void among_one_type_the_earliest_expiry_comes_first_then_priority_then_age() {
        UserPackage endless = subscription(1, null, 0);
        UserPackage later = subscription(2, LATER, 0);
        UserPackage soonYoung = subscription(5, SOON, 1);
        UserPackage soonOld = subscription(4, SOON, 1);
        UserPackage soonFirst = subscription(9, SOON, 0);

        assertThat(prepaid(endless, later, soonYoung, soonOld, soonFirst)
                        .order(MODEL, NOW, ANY)
                        .packages())
                .containsExactly(soonFirst, soonOld, soonYoung, later, endless);
    }

    @Test
    void credit_comes_after_packages_and_metering_after_credit() {
        Payers payers = new Payers(USER, List.of(quota(1, null, 0)), DOLLAR, BillingMode.POSTPAID);

        assertThat(payers.order(MODEL, NOW, ANY).payers())
                .containsExactly(
                        new Payer.OfPackage(new UserPackageId(1)), new Payer.OfCredit(USER), new Payer.Metered());
    }

    @Test
    void a_prepaid_user_with_nothing_has_no_payer_and_is_told_why() {
        PayerOrder order = prepaid().order(MODEL, NOW, ANY);

        assertThat(order.isEmpty()).isTrue();
        assertThat(order.payers()).isEmpty();
        assertThat(order.passedOver()).containsExactly(new PassedOver.Credit());
    }

    @Test
    void credit_stays_available_to_a_key_of_one_package_type() {
        Payers payers = new Payers(USER, List.of(subscription(1, null, 0)), DOLLAR, BillingMode.PREPAID);

        PayerOrder order = payers.order(MODEL, NOW, BillingType.QUOTA.packageTypes());

        assertThat(order.payers()).containsExactly(new Payer.OfCredit(USER));
        assertThat(order.passedOver())
                .containsExactly(new PassedOver.OfPackage(new UserPackageId(1), Unfit.WRONG_TYPE));
    }

    @Test
    void each_package_that_cannot_pay_is_passed_over_with_its_reason() {
        UserPackage disabled = held(1, PackageType.QUOTA, NOW.minusSeconds(9), null, 0, false, ModelPatterns.NONE);
        UserPackage future = held(2, PackageType.QUOTA, NOW.plusSeconds(1), null, 0, true, ModelPatterns.NONE);
        UserPackage ended = held(3, PackageType.QUOTA, NOW.minusSeconds(9), NOW, 0, true, ModelPatterns.NONE);
        UserPackage otherModel =
                held(4, PackageType.QUOTA, NOW.minusSeconds(9), null, 0, true, new ModelPatterns(Set.of("gpt-*")));

        PayerOrder order = prepaid(disabled, future, ended, otherModel).order(MODEL, NOW, ANY);

        assertThat(order.packages()).isEmpty();
        assertThat(order.passedOver())
                .contains(
                        new PassedOver.OfPackage(new UserPackageId(1), Unfit.DISABLED),
                        new PassedOver.OfPackage(new UserPackageId(2), Unfit.NOT_STARTED),
                        new PassedOver.OfPackage(new UserPackageId(3), Unfit.EXPIRED),
                        new PassedOver.OfPackage(new UserPackageId(4), Unfit.MODEL_NOT_ALLOWED));
    }

    @Test
    void a_package_pays_from_its_first_instant_until_just_before_its_last() {
        UserPackage held = held(1, PackageType.QUOTA, NOW, SOON, 0, true, ModelPatterns.NONE);

        assertThat(prepaid(held).order(MODEL, NOW, ANY).packages()).containsExactly(held);
        assertThat(prepaid(held).order(MODEL, SOON.minusNanos(1), ANY).packages())
                .containsExactly(held);
        assertThat(prepaid(held).order(MODEL, SOON, ANY).packages()).isEmpty();
    }

    @Test
    void a_bound_key_is_paid_from_its_package_alone() {
        UserPackage bound = quota(1, null, 0);
        UserPackage better = subscription(2, SOON, 0);
        Payers payers = new Payers(USER, List.of(bound, better), DOLLAR, BillingMode.POSTPAID);

        PayerOrder order = payers.boundTo(bound.id(), MODEL, NOW);

        assertThat(order.payers()).containsExactly(new Payer.OfPackage(bound.id()));
        assertThat(order.passedOver()).containsExactly(new PassedOver.OfPackage(better.id(), Unfit.NOT_BOUND));
    }

    @Test
    void a_bound_key_has_no_payer_when_its_package_is_gone_or_over() {
        UserPackage ended = quota(1, NOW, 0);
        Payers payers = new Payers(USER, List.of(ended), DOLLAR, BillingMode.POSTPAID);

        assertThat(payers.boundTo(ended.id(), MODEL, NOW).isEmpty()).isTrue();
        assertThat(payers.boundTo(ended.id(), MODEL, NOW).passedOver())
                .containsExactly(new PassedOver.OfPackage(ended.id(), Unfit.EXPIRED));
        assertThat(payers.boundTo(new UserPackageId(99), MODEL, NOW).passedOver())
                .contains(new PassedOver.OfPackage(new UserPackageId(99), Unfit.NOT_HELD));
    }

    private static Payers prepaid(UserPackage... packages) {
        return new Payers(USER, List.of(packages), Money.ZERO, BillingMode.PREPAID);
    }

    private static UserPackage quota(long id, @Nullable Instant expiresAt, int priority) {
        return held(id, PackageType.QUOTA, NOW.minusSeconds(60), expiresAt, priority, true, ModelPatterns.NONE);
    }

    private static UserPackage subscription(long id, @Nullable Instant expiresAt, int priority) {
        return held(id, PackageType.SUBSCRIPTION, NOW.minusSeconds(60), expiresAt, priority, true, ModelPatterns.NONE);
    }

    private static UserPackage held(
            long id,
            PackageType type,
            Instant startsAt,
            @Nullable Instant expiresAt,
            int priority,
            boolean enabled,
            ModelPatterns models) {
        WindowKind kind = type == PackageType.QUOTA ? WindowKind.TOTAL : WindowKind.DAY;
        PackageTerms terms = new PackageTerms(
                type, SpendMode.STRICT, WindowCalendar.of(ZoneOffset.UTC), Map.of(kind, DOLLAR), models);
        return new UserPackage(
                new UserPackageId(id),
                USER,
                new PackageId(1),
                terms,
                startsAt,
                expiresAt,
                enabled,
                priority,
                1,
                Map.of());
    }
}
