package dev.tollgate.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenPriceTest {
    @Test
    void keeps_six_decimals_of_dollars_per_million_and_refuses_a_seventh() {
        assertThat(TokenPrice.ofDollarsPerMillion("0.0375").picosPerToken()).isEqualTo(37_500);
        assertThat(TokenPrice.ofDollarsPerMillion("0.000001").picosPerToken()).isEqualTo(1);
        assertThatThrownBy(() -> TokenPrice.ofDollarsPerMillion("0.0000001")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void lies_between_nothing_and_its_cap() {
        assertThat(TokenPrice.ofDollarsPerMillion("10000").picosPerToken()).isEqualTo(TokenPrice.PICOS_MAX);
        assertThatThrownBy(() -> TokenPrice.ofDollarsPerMillion("10000.000001"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenPrice(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void costs_its_tokens_exactly_and_refuses_a_negative_count() {
        assertThat(TokenPrice.ofDollarsPerMillion("3").of(1_000_000)).isEqualTo(Cost.ofDollars("3"));
        assertThat(TokenPrice.FREE.of(5)).isEqualTo(Cost.ZERO);
        assertThatThrownBy(() -> TokenPrice.ofDollarsPerMillion("3").of(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void raises_on_overflow_instead_of_wrapping() {
        TokenPrice dearest = new TokenPrice(TokenPrice.PICOS_MAX);
        assertThatThrownBy(() -> dearest.of(Long.MAX_VALUE / 2)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void is_written_as_it_is_published() {
        assertThat(TokenPrice.ofDollarsPerMillion("0.075").text()).isEqualTo("0.075");
        assertThat(TokenPrice.ofDollarsPerMillion("75").text()).isEqualTo("75");
        assertThat(TokenPrice.FREE.text()).isEqualTo("0");
    }
}
