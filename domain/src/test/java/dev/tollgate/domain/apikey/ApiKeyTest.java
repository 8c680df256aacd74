package dev.tollgate.domain.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.domain.entitlement.PackageType;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.ModelPatterns;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String CALLER = "10.1.2.3";

    @Test
    void is_valid_until_its_end_and_not_at_it() {
        ApiKey key = key(true, new KeyExpiry(NOW, null, null));
        assertThat(key.check(NOW.minusNanos(1))).isEqualTo(new KeyCheck.Valid());
        assertThat(key.check(NOW)).isEqualTo(new KeyCheck.Expired());
        assertThat(key(true, KeyExpiry.NEVER).check(Instant.MAX)).isEqualTo(new KeyCheck.Valid());
    }

    @Test
    void is_disabled_whatever_its_expiry() {
        assertThat(key(false, new KeyExpiry(NOW, null, null)).check(NOW)).isEqualTo(new KeyCheck.Disabled());
    }

    @Test
    void counts_its_days_from_the_first_use_only() {
        KeyExpiry unused = new KeyExpiry(null, 30, null);
        assertThat(unused.isOver(NOW.plus(Duration.ofDays(300)))).isFalse();
        KeyExpiry used = unused.usedAt(NOW).usedAt(NOW.plus(Duration.ofDays(20)));
        assertThat(used.isOver(NOW.plus(Duration.ofDays(30)).minusNanos(1))).isFalse();
        assertThat(used.isOver(NOW.plus(Duration.ofDays(30)))).isTrue();
    }

    @Test
    void ends_by_whichever_of_its_two_ends_comes_first() {
        Instant inThirtyDays = NOW.plus(Duration.ofDays(30));
        Instant sooner = inThirtyDays.minusNanos(1);
        Instant later = inThirtyDays.plusNanos(1);

        assertThat(new KeyExpiry(null, 30, NOW).end()).isEqualTo(inThirtyDays);
        assertThat(new KeyExpiry(sooner, 30, NOW).end()).isEqualTo(sooner);
        assertThat(new KeyExpiry(later, 30, NOW).end()).isEqualTo(inThirtyDays);
        assertThat(new KeyExpiry(later, 30, null).end()).isEqualTo(later);
        assertThat(new KeyExpiry(null, 30, null).end()).isNull();
        assertThat(new KeyExpiry(later, null, NOW).end()).isEqualTo(later);
        assertThat(KeyExpiry.NEVER.end()).isNull();
    }

    @Test
    void lives_at_least_a_day_if_it_counts_days() {
        assertThatThrownBy(() -> new KeyExpiry(null, 0, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyExpiry(null, 36_501, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void may_do_anything_where_nothing_is_restricted() {
        assertThat(KeyScope.ANYTHING.allowsModel("x")).isTrue();
        assertThat(KeyScope.ANYTHING.allowsPlatform("claude")).isTrue();
        assertThat(KeyScope.ANYTHING.allowsAddress(CALLER)).isTrue();
    }

    @Test
    void may_do_only_what_its_scope_names_and_nothing_it_blocks() {
        KeyScope scope = new KeyScope(
                new ModelPatterns(Set.of("claude-*")),
                new ModelPatterns(Set.of("*-opus-*")),
                Set.of("claude"),
                Set.of(new Cidr("192.0.2.0/24"), new Cidr("10.0.0.0/8")),
                Set.of(),
                Set.of());
        assertThat(scope.allowsModel("claude-haiku-5")).isTrue();
        assertThat(scope.allowsModel("claude-opus-5")).isFalse();
        assertThat(scope.allowsModel("gpt-6")).isFalse();
        assertThat(scope.allowsPlatform("openai")).isFalse();
        assertThat(scope.allowsAddress(CALLER)).isTrue();
        assertThat(scope.allowsAddress("11.1.2.3")).isFalse();
        assertThat(scope.allowsAddress(null)).isFalse();
    }

    @Test
    void has_limits_that_are_not_negative() {
        Money below = Money.ofNanos(-1);
        assertThatThrownBy(() -> new KeyLimits(-1, 0, 0, 0, Money.ZERO, Money.ZERO, Money.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyLimits(0, 0, 0, 0, Money.ZERO, Money.ZERO, below))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(KeyLimits.NONE.totalCost()).isEqualTo(Money.ZERO);
    }

    @Test
    void is_paid_from_the_types_its_billing_names() {
        assertThat(BillingType.ANY.packageTypes()).containsExactlyInAnyOrder(PackageType.values());
        assertThat(BillingType.QUOTA.packageTypes()).containsExactly(PackageType.QUOTA);
        assertThat(BillingType.SUBSCRIPTION.packageTypes()).containsExactly(PackageType.SUBSCRIPTION);
    }

    private static ApiKey key(boolean active, KeyExpiry expiry) {
        return new ApiKey(
                new ApiKeyId(9),
                new UserId(7),
                "laptop",
                active,
                expiry,
                KeyScope.ANYTHING,
                KeyLimits.NONE,
                0,
                null,
                BillingType.ANY,
                null);
    }
}
