package dev.tollgate.domain.entitlement;

import static dev.tollgate.domain.entitlement.Grants.dollars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.ModelPatterns;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TermsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant BEFORE_SUMMER_TIME = Instant.parse("2026-03-28T11:00:00Z");

    @Test
    void a_subscription_limits_days_weeks_and_months_and_a_quota_its_total() {
        assertThat(terms(PackageType.SUBSCRIPTION, Map.of()).limits()).isEmpty();
        assertThat(terms(PackageType.QUOTA, Map.of(WindowKind.TOTAL, dollars("5")))
                        .limits())
                .containsOnlyKeys(WindowKind.TOTAL);
        refused(PackageType.SUBSCRIPTION, Map.of(WindowKind.TOTAL, dollars("5")));
        refused(PackageType.QUOTA, Map.of(WindowKind.DAY, dollars("5"), WindowKind.TOTAL, dollars("5")));
        refused(PackageType.QUOTA, Map.of());
    }

    @Test
    void a_plain_quota_is_for_every_model() {
        PackageTerms quota = PackageTerms.quota(dollars("5"));
        assertThat(quota).isEqualTo(terms(PackageType.QUOTA, Map.of(WindowKind.TOTAL, dollars("5"))));
        assertThat(quota.allowedModels().isEmpty()).isTrue();
    }

    @Test
    void a_limit_is_positive_and_below_the_largest() {
        refused(PackageType.SUBSCRIPTION, Map.of(WindowKind.DAY, Money.ZERO));
        refused(PackageType.SUBSCRIPTION, Map.of(WindowKind.DAY, Money.LIMIT_MAX.plus(Money.ofNanos(1))));
        assertThat(terms(PackageType.SUBSCRIPTION, Map.of(WindowKind.DAY, Money.LIMIT_MAX))
                        .limits())
                .hasSize(1);
    }

    @Test
    void an_offer_ends_after_whole_days_on_the_wall() {
        OfferTerms month = offer(30);
        assertThat(month.expiry(BEFORE_SUMMER_TIME)).isEqualTo("2026-04-27T10:00:00Z");
        assertThat(month.from(BEFORE_SUMMER_TIME).calendar().anchor()).isEqualTo(BEFORE_SUMMER_TIME);
        assertThat(offer(null).expiry(BEFORE_SUMMER_TIME)).isNull();
    }

    @Test
    void an_offer_lasts_at_least_a_day_and_no_more_than_a_life() {
        assertThatThrownBy(() -> offer(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> offer(OfferTerms.DURATION_DAYS_MAX + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_offer_has_a_name_and_a_price() {
        assertThatThrownBy(() -> new PackageOffer(new PackageId(1), " ", null, Money.ZERO, true, offer(30)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PackageOffer(new PackageId(1), "x", null, dollars("-1"), true, offer(30)))
                .isInstanceOf(IllegalArgumentException.class);
        PackageOffer free = new PackageOffer(new PackageId(1), "x", null, Money.ZERO, true, offer(30));
        assertThat(free.terms()).isEqualTo(offer(30));
    }

    @Test
    void a_window_ends_after_it_starts() {
        assertThatThrownBy(() -> new Window(WindowKind.DAY, Instant.EPOCH, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Window.TOTAL.contains(Instant.MAX)).isTrue();
    }

    private static void refused(PackageType type, Map<WindowKind, Money> limits) {
        assertThatThrownBy(() -> terms(type, limits)).isInstanceOf(IllegalArgumentException.class);
    }

    private static PackageTerms terms(PackageType type, Map<WindowKind, Money> limits) {
        return new PackageTerms(type, SpendMode.STRICT, WindowCalendar.of(ZoneOffset.UTC), limits, ModelPatterns.NONE);
    }

    private static OfferTerms offer(@Nullable Integer days) {
        return new OfferTerms(
                PackageType.SUBSCRIPTION,
                SpendMode.STRICT,
                BERLIN,
                MonthRule.CALENDAR,
                days,
                Map.of(),
                ModelPatterns.NONE);
    }
}
