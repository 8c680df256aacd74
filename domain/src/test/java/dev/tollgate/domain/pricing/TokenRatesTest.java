package dev.tollgate.domain.pricing;

import static dev.tollgate.domain.pricing.Sheets.price;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.money.TokenPrice;
import dev.tollgate.domain.usage.TokenClass;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenRatesTest {
    private static final TokenRates PLAIN = TokenRates.of(price("3"), price("15"));

    @ParameterizedTest
    @EnumSource(
            value = TokenClass.class,
            names = {"INPUT", "AUDIO_INPUT", "IMAGE_INPUT", "CACHE_READ", "CACHE_WRITE_5M", "CACHE_WRITE_1H"})
    void fall_back_to_input_for_whatever_went_in(TokenClass tokenClass) {
        assertThat(PLAIN.of(tokenClass)).isEqualTo(price("3"));
    }

    @ParameterizedTest
    @EnumSource(
            value = TokenClass.class,
            names = {"OUTPUT", "REASONING", "AUDIO_OUTPUT", "IMAGE_OUTPUT"})
    void fall_back_to_output_for_whatever_came_out(TokenClass tokenClass) {
        assertThat(PLAIN.of(tokenClass)).isEqualTo(price("15"));
    }

    @Test
    void fall_back_from_the_hour_to_the_five_minutes() {
        TokenRates rates = PLAIN.overlaid(Map.of(TokenClass.CACHE_WRITE_5M, price("3.75")));
        assertThat(rates.of(TokenClass.CACHE_WRITE_1H)).isEqualTo(price("3.75"));
    }

    @Test
    void take_zero_for_a_price_and_not_for_an_absent_one() {
        TokenRates rates = PLAIN.overlaid(Map.of(TokenClass.CACHE_READ, TokenPrice.FREE));
        assertThat(rates.of(TokenClass.CACHE_READ)).isEqualTo(TokenPrice.FREE);
    }

    @Test
    void need_an_input_and_an_output_price() {
        assertThatThrownBy(() -> new TokenRates(Map.of(TokenClass.INPUT, price("3"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenRates(Map.of(TokenClass.OUTPUT, price("3"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void are_multiplied_price_by_price() {
        assertThat(PLAIN.times(Multiplier.of("0.5"))).isEqualTo(TokenRates.of(price("1.5"), price("7.5")));
        assertThat(PLAIN.times(Multiplier.ONE)).isSameAs(PLAIN);
    }
}
