package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.entitlement.Examples;
import dev.tollgate.application.relay.CallersAndCalls.Purse;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.domain.apikey.BillingType;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.entitlement.MonthRule;
import dev.tollgate.domain.entitlement.OfferTerms;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.PackageOffer;
import dev.tollgate.domain.entitlement.PackageType;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.PayerOrder;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.pricing.ModelPatterns;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PayerChoiceTest {
    private static final Instant NOW = SteppedClock.NOON;
    private static final Money CREDIT = Money.ofNanos(7_000);
    private static final UserPackage QUOTA = held(1, PackageType.QUOTA, SpendMode.STRICT);
    private static final UserPackage SUBSCRIPTION = held(2, PackageType.SUBSCRIPTION, SpendMode.LENIENT);

    @Test
    void subscriptions_are_asked_before_quotas_and_credit_after_both() {
        assertThat(payers(BillingType.ANY, null)).containsExactly(of(SUBSCRIPTION), of(QUOTA), credit());
    }

    @Test
    void a_key_of_one_billing_type_passes_the_other_packages_over() {
        assertThat(payers(BillingType.QUOTA, null)).containsExactly(of(QUOTA), credit());
        assertThat(payers(BillingType.SUBSCRIPTION, null)).containsExactly(of(SUBSCRIPTION), credit());
    }

    @Test
    void a_key_bound_to_a_package_asks_nobody_else() {
        assertThat(payers(BillingType.ANY, QUOTA.id())).containsExactly(of(QUOTA));
        assertThat(payers(BillingType.ANY, new UserPackageId(99))).isEmpty();
    }

    @Test
    void a_strict_package_holds_the_whole_bound_and_a_lenient_one_an_estimate() {
        List<PayerTerms> terms = terms(List.of(QUOTA, SUBSCRIPTION), 5_000);

        PayerTerms lenient = terms.get(0);
        assertThat(lenient.most()).isEqualTo(Money.ofNanos(100 + 1_024));
        assertThat(lenient.least()).isEqualTo(lenient.most());
        PayerTerms strict = terms.get(1);
        assertThat(strict.most()).isEqualTo(Money.ofNanos(100 + 5_000));
        assertThat(strict.least()).isEqualTo(Money.ofNanos(100 + 10));
    }

    @Test
    void no_estimate_is_held_where_the_key_may_spend_only_so_much() {
        KeyLimits limited = new KeyLimits(0, 0, 0, 0, Examples.DOLLAR, Money.ZERO, Money.ZERO);
        PayerTerms lenient = terms(List.of(SUBSCRIPTION), 5_000, false, limited).getFirst();

        assertThat(lenient.mode()).isEqualTo(SpendMode.LENIENT);
        assertThat(lenient.most()).isEqualTo(Money.ofNanos(100 + 5_000));
        assertThat(lenient.least()).isEqualTo(Money.ofNanos(100 + 10));
    }

    @Test
    void a_package_brings_its_limits_and_counts_in_all_its_windows() {
        PayerTerms subscription = terms(List.of(SUBSCRIPTION), 50).getFirst();

        assertThat(subscription.limits())
                .extracting(limit -> limit.window().kind(), CostLimit::limit, CostLimit::version)
                .containsExactly(
                        Tuple.tuple(WindowKind.DAY, Examples.DOLLAR, 1L),
                        Tuple.tuple(WindowKind.WEEK, CostLimit.NONE, 1L),
                        Tuple.tuple(WindowKind.MONTH, CostLimit.NONE, 1L));
        assertThat(subscription.windows()).isNotNull();
        assertThat(subscription.windows().windows())
                .extracting(window -> window.kind())
                .containsExactly(WindowKind.DAY, WindowKind.WEEK, WindowKind.MONTH);
    }

    @Test
    void credit_is_limited_by_all_that_was_granted() {
        PayerTerms credit = terms(List.of(), 50).getFirst();

        assertThat(credit.limits()).hasSize(1);
        assertThat(credit.limits().getFirst().limit()).isEqualTo(CREDIT);
        assertThat(credit.limits().getFirst().version()).isEqualTo(3);
    }

    @Test
    void no_more_are_asked_than_one_reservation_takes_and_credit_is_among_them() {
        List<UserPackage> many = LongStream.rangeClosed(1, 12)
                .mapToObj(id -> held(id, PackageType.QUOTA, SpendMode.STRICT))
                .toList();
        List<PayerTerms> terms = terms(many, 50);

        assertThat(terms).hasSize(Reserve.PAYERS_MAX);
        assertThat(terms.getLast().payer()).isEqualTo(credit());
    }

    private static List<Payer> payers(BillingType billingType, @Nullable UserPackageId bound) {
        KeyHolder holder = new KeyHolder(
                CallersAndCalls.key(KeyLimits.NONE, null, billingType, bound),
                CallersAndCalls.user(BillingMode.PREPAID, null, UserLimits.NONE));
        return choice(List.of(QUOTA, SUBSCRIPTION))
                .order(CallersAndCalls.granted(holder, CallersAndCalls.BOUNDED), NOW)
                .payers();
    }

    @Test
    void a_sliced_package_holds_one_slice_of_what_is_seen_as_it_comes_and_all_of_the_rest() {
        List<UserPackage> sliced = List.of(held(3, PackageType.QUOTA, SpendMode.SLICED));
        PayerTerms stream = terms(sliced, 5_000, true).getFirst();
        PayerTerms whole = terms(sliced, 5_000, false).getFirst();

        assertThat(stream.mode()).isEqualTo(SpendMode.SLICED);
        assertThat(stream.most()).isEqualTo(Money.ofNanos(100 + 512));
        assertThat(stream.least()).isEqualTo(stream.most());
        assertThat(terms(sliced, 50, true).getFirst().most()).isEqualTo(Money.ofNanos(100 + 50));
        assertThat(whole.mode()).isEqualTo(SpendMode.STRICT);
        assertThat(whole.most()).isEqualTo(Money.ofNanos(100 + 5_000));
        assertThat(whole.least()).isEqualTo(Money.ofNanos(100 + 10));
    }

    private static List<PayerTerms> terms(List<UserPackage> held, long output) {
        return terms(held, output, false);
    }

    private static List<PayerTerms> terms(List<UserPackage> held, long output, boolean isSliceable) {
        return terms(held, output, isSliceable, KeyLimits.NONE);
    }

    private static List<PayerTerms> terms(List<UserPackage> held, long output, boolean isSliceable, KeyLimits ofKey) {
        PayerChoice choice = choice(held);
        KeyHolder holder = new KeyHolder(
                CallersAndCalls.key(ofKey, null, BillingType.ANY, null),
                CallersAndCalls.user(BillingMode.PREPAID, null, UserLimits.NONE));
        Entrance.Result.Granted granted = CallersAndCalls.granted(holder, CallersAndCalls.BOUNDED);
        PayerOrder order = choice.order(granted, NOW);
        HoldBound bound =
                HoldBound.of(Calls.PRICE.sheet(), Multiplier.ONE, granted.call().body(), 100);
        Admitting.Terms terms = new Admitting.Terms(bound, 100, output, 10, 1_000, Multiplier.ONE, isSliceable);
        return choice.terms(order, terms, CallLimits.of(holder, NOW), NOW);
    }

    private static PayerChoice choice(List<UserPackage> held) {
        return new PayerChoice(new Purse(held, CREDIT));
    }

    private static UserPackage held(long id, PackageType type, SpendMode mode) {
        WindowKind limited = type == PackageType.QUOTA ? WindowKind.TOTAL : WindowKind.DAY;
        OfferTerms terms = new OfferTerms(
                type,
                mode,
                ZoneOffset.UTC,
                MonthRule.CALENDAR,
                null,
                Map.of(limited, Examples.DOLLAR),
                ModelPatterns.NONE);
        PackageOffer offer = new PackageOffer(new PackageId(id), "p" + id, null, Money.ZERO, true, terms);
        return Examples.held(id, Calls.USER, offer).held();
    }

    private static Payer of(UserPackage held) {
        return new Payer.OfPackage(held.id());
    }

    private static Payer credit() {
        return new Payer.OfCredit(Calls.USER);
    }
}
