package dev.tollgate.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class MoneyTest {
    @Test
    void is_written_as_plain_decimal_dollars() {
        assertThat(Money.ofNanos(123_000).text()).isEqualTo("0.000123");
        assertThat(Money.ofNanos(12_000_000_000L).text()).isEqualTo("12");
        assertThat(Money.ofNanos(100_000_000_000L).text()).isEqualTo("100");
        assertThat(Money.ofNanos(-1).text()).isEqualTo("-0.000000001");
        assertThat(Money.ZERO.text()).isEqualTo("0");
    }

    @Test
    void is_read_from_what_it_is_written_as() {
        for (long nanos : new long[] {0, 1, -1, 999_999_999, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(Money.ofDollars(Money.ofNanos(nanos).text()).nanos()).isEqualTo(nanos);
        }
    }

    @Test
    void refuses_a_part_of_a_nano() {
        assertThatThrownBy(() -> Money.ofDollars("0.0000000001")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void refuses_what_is_beyond_its_range() {
        assertThatThrownBy(() -> Money.ofDollars("9223372036.854775808")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.ofDollars("-1e10")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void refuses_a_monstrous_exponent_without_writing_it_out() {
        BigDecimal monster = new BigDecimal("1e999999999");
        assertThatThrownBy(() -> Money.ofDollars(monster)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Cost.ofDollars(monster)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> TokenPrice.ofDollarsPerMillion(monster)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Multiplier.of(monster)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Money.ofDollars("1e-999999999")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void refuses_a_text_no_honest_amount_needs() {
        String million = "1".repeat(1_000_000);
        assertThatThrownBy(() -> Money.ofDollars(million)).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> Money.ofDollars("1,5")).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> Money.ofDollars("")).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void raises_on_overflow_instead_of_wrapping() {
        Money most = Money.ofNanos(Long.MAX_VALUE);
        Money least = Money.ofNanos(Long.MIN_VALUE);
        assertThatThrownBy(() -> most.plus(Money.ofNanos(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> least.minus(Money.ofNanos(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(least::negated).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void adds_compares_and_tells_its_sign() {
        Money one = Money.ofNanos(1);
        Money two = Money.ofNanos(2);
        assertThat(one.plus(one)).isEqualTo(two);
        assertThat(two.minus(one)).isEqualTo(one);
        assertThat(one.negated().isNegative()).isTrue();
        assertThat(one.isPositive()).isTrue();
        assertThat(one.minus(one).isZero()).isTrue();
        assertThat(one.min(two)).isEqualTo(two.min(one)).isEqualTo(one);
        assertThat(one.max(two)).isEqualTo(two.max(one)).isEqualTo(two);
        assertThat(one).isLessThan(two);
    }

    @Test
    void at_the_largest_limit_is_exact_in_stores_that_count_in_doubles() {
        assertThat(Money.LIMIT_MAX.nanos()).isLessThan(1L << 53);
        assertThat(Money.LIMIT_MAX.text()).isEqualTo("4000000");
    }
}
