package dev.tollgate.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class MultiplierTest {
    @Test
    void takes_six_decimals_and_refuses_a_seventh() {
        assertThat(Multiplier.of("0.000001").trillionths()).isEqualTo(1_000_000L);
        assertThat(Multiplier.of("1.5000000000").text()).isEqualTo("1.5");
        assertThatThrownBy(() -> Multiplier.of("0.0000001")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lies_between_nothing_and_a_thousand() {
        assertThat(Multiplier.of("0").text()).isEqualTo("0");
        assertThat(Multiplier.of("1000").text()).isEqualTo("1000");
        assertThatThrownBy(() -> Multiplier.of("1000.000001")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Multiplier.of("-0.1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Multiplier(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void times_another_is_exact_for_any_two_that_were_entered() {
        assertThat(Multiplier.of("0.000001").times(Multiplier.of("0.000001")).trillionths())
                .isEqualTo(1);
        assertThat(Multiplier.of("1000").times(Multiplier.of("1000")).factor())
                .isEqualByComparingTo(BigDecimal.valueOf(1_000_000));
    }

    @Test
    void times_another_is_refused_where_it_cannot_be_exact() {
        Multiplier finest = new Multiplier(1);
        assertThatThrownBy(() -> finest.times(Multiplier.of("0.5"))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void leaves_a_quantity_as_it_is_when_it_is_one() {
        assertThat(Multiplier.ONE.exactly(7)).isEqualTo(7);
        assertThat(Multiplier.ONE.isOne()).isTrue();
        assertThat(Multiplier.of("1.000001").isOne()).isFalse();
    }
}
