package dev.tollgate.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CostTest {
    private static final Multiplier HALF = Multiplier.of("0.5");

    @Test
    void rounds_a_tie_to_the_even_nano() {
        assertThat(Cost.ofPicos(500).charged(Multiplier.ONE)).isEqualTo(Money.ZERO);
        assertThat(Cost.ofPicos(1_500).charged(Multiplier.ONE)).isEqualTo(Money.ofNanos(2));
        assertThat(Cost.ofPicos(2_500).charged(Multiplier.ONE)).isEqualTo(Money.ofNanos(2));
        assertThat(Cost.ofPicos(5_000).charged(HALF)).isEqualTo(Money.ofNanos(2));
    }

    @Test
    void rounds_what_is_not_a_tie_to_the_nearest_nano() {
        assertThat(Cost.ofPicos(499).charged(Multiplier.ONE)).isEqualTo(Money.ZERO);
        assertThat(Cost.ofPicos(501).charged(Multiplier.ONE)).isEqualTo(Money.ofNanos(1));
        assertThat(Cost.ofPicos(2_501).charged(Multiplier.ONE)).isEqualTo(Money.ofNanos(3));
    }

    @Test
    void rounds_after_the_multiplier_and_not_before() {
        assertThat(Cost.ofPicos(1_400).charged(Multiplier.of("10"))).isEqualTo(Money.ofNanos(14));
    }

    @Test
    void charges_a_product_of_two_multipliers_without_a_rounding_between() {
        Multiplier product = Multiplier.of("1.000001").times(Multiplier.of("0.999999"));
        Cost cost = Cost.ofDollars("1");
        assertThat(product.trillionths()).isEqualTo(999_999_999_999L);
        assertThat(cost.charged(product).dollars()).isEqualByComparingTo("1");
        assertThat(Cost.ofDollars("1000").charged(product).dollars()).isEqualByComparingTo("999.999999999");
    }

    @Test
    void is_covered_by_the_next_whole_nano() {
        assertThat(Cost.ofPicos(1).covered(Multiplier.ONE)).isEqualTo(Money.ofNanos(1));
        assertThat(Cost.ofPicos(2_000).covered(Multiplier.ONE)).isEqualTo(Money.ofNanos(2));
        assertThat(Cost.ofPicos(2_001).covered(HALF)).isEqualTo(Money.ofNanos(2));
        assertThat(Cost.ZERO.covered(HALF)).isEqualTo(Money.ZERO);
    }

    @Test
    void is_never_negative() {
        assertThatThrownBy(() -> Cost.ofPicos(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cost.ofDollars("-0.1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void raises_on_overflow_instead_of_wrapping() {
        Cost most = Cost.ofPicos(Long.MAX_VALUE);
        assertThatThrownBy(() -> most.plus(Cost.ofPicos(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.times(2)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.times(Multiplier.of("2"))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.charged(new Multiplier(Long.MAX_VALUE))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.covered(new Multiplier(Long.MAX_VALUE))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void at_its_largest_is_charged_exactly_at_the_largest_factor() {
        Cost most = Cost.ofPicos(Long.MAX_VALUE);
        assertThat(most.charged(Multiplier.of("1000")).nanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refuses_a_part_of_a_pico() {
        assertThatThrownBy(() -> Cost.ofDollars("0.0000000000001")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Cost.ofPicos(1).times(HALF)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void is_written_and_read_as_plain_decimal_dollars() {
        assertThat(Cost.ofPicos(1).text()).isEqualTo("0.000000000001");
        assertThat(Cost.ofPicos(1_500_000_000_000L).text()).isEqualTo("1.5");
        assertThat(Cost.ofDollars(BigDecimal.TEN).text()).isEqualTo("10");
        assertThat(Cost.ZERO.text()).isEqualTo("0");
        assertThat(Cost.ofDollars(Cost.ofPicos(123).text())).isEqualTo(Cost.ofPicos(123));
    }

    @Test
    void sorts_by_amount() {
        assertThat(Cost.ofPicos(1)).isLessThan(Cost.ofPicos(2));
        assertThat(Cost.ZERO.isZero()).isTrue();
        assertThat(Cost.ofPicos(2).times(3)).isEqualTo(Cost.ofPicos(6));
        assertThat(Cost.ofPicos(4).times(HALF)).isEqualTo(Cost.ofPicos(2));
    }
}
