package dev.tollgate.domain.pricing;

import static dev.tollgate.domain.pricing.Sheets.price;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.money.TokenPrice;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceSheetTest {
    private static final Map<String, Multiplier> TIERS =
            Map.of("batch", Multiplier.of("0.5"), "priority", Multiplier.of("2"), "fast", Multiplier.of("6"));
    private static final Map<String, Multiplier> GEO = Map.of("us", Multiplier.of("1.1"));
    private static final LongContext LONG =
            new LongContext(200_000, Map.of(TokenClass.INPUT, price("6"), TokenClass.OUTPUT, price("22.5")));

    @Test
    void multiplies_tier_speed_and_region() {
        PriceSheet sheet = Sheets.of(TIERS, GEO);
        assertThat(input(sheet, null, null, null)).isEqualTo(price("3"));
        assertThat(input(sheet, "batch", null, null)).isEqualTo(price("1.5"));
        assertThat(input(sheet, null, "fast", null)).isEqualTo(price("18"));
        assertThat(input(sheet, null, null, "us")).isEqualTo(price("3.3"));
        assertThat(input(sheet, "batch", "fast", "us")).isEqualTo(price("9.9"));
    }

    @Test
    void applies_a_speed_once_however_it_is_told() {
        PriceSheet sheet = Sheets.of(TIERS, GEO);
        assertThat(input(sheet, "fast", null, null)).isEqualTo(price("18"));
        assertThat(input(sheet, "fast", "fast", null)).isEqualTo(price("18"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "default", "scale", "auto", ""})
    void knows_no_factor_for_an_ordinary_or_unknown_tier(String tier) {
        assertThat(input(Sheets.of(TIERS, GEO), tier, "standard", "global")).isEqualTo(price("3"));
    }

    @Test
    void takes_no_service_tier_for_a_speed() {
        assertThat(input(Sheets.of(TIERS, GEO), null, "priority", null)).isEqualTo(price("3"));
    }

    @Test
    void refuses_a_factor_on_the_ordinary_tier() {
        assertThatThrownBy(() -> Sheets.of(Map.of("standard", Multiplier.of("2")), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatNoException().isThrownBy(() -> Sheets.of(Map.of("default", Multiplier.ONE), Map.of()));
    }

    @Test
    void steps_up_for_the_whole_request_above_the_threshold_and_not_at_it() {
        PriceSheet sheet = Sheets.of(LONG, Map.of(), Map.of());
        TokenUsage at = TokenUsage.of(150_000, 10).with(TokenClass.CACHE_READ, 50_000);
        TokenUsage above = at.with(TokenClass.CACHE_WRITE_1H, 1);
        assertThat(sheet.ratesFor(at, Served.ORDINARY)).isEqualTo(Sheets.RATES);
        TokenRates stepped = sheet.ratesFor(above, Served.ORDINARY);
        assertThat(stepped.of(TokenClass.INPUT)).isEqualTo(price("6"));
        assertThat(stepped.of(TokenClass.OUTPUT)).isEqualTo(price("22.5"));
        assertThat(stepped.of(TokenClass.REASONING)).isEqualTo(price("22.5"));
        assertThat(stepped.of(TokenClass.CACHE_READ)).isEqualTo(price("0.3"));
    }

    @Test
    void multiplies_factors_with_the_long_context_prices() {
        PriceSheet sheet = Sheets.of(LONG, TIERS, GEO);
        TokenRates rates = sheet.ratesFor(TokenUsage.of(200_001, 1), new Served("batch", "fast", "us"));
        assertThat(rates.of(TokenClass.INPUT)).isEqualTo(price("19.8"));
    }

    @Test
    void cannot_be_made_if_one_factor_makes_a_price_finer_than_a_pico() {
        TokenRates fine = TokenRates.of(price("0.000001"), price("1"));
        assertThatThrownBy(() ->
                        new PriceSheet(fine, null, Map.of("batch", Multiplier.of("0.5")), Map.of(), UnitPrices.NONE))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(
                        () -> new PriceSheet(fine, null, Map.of(), Map.of("us", Multiplier.of("1.1")), UnitPrices.NONE))
                .isInstanceOf(ArithmeticException.class);
    }

    /** Each factor alone is exact here; only a call that meets several would not be. */
    @Test
    void cannot_be_made_if_only_a_combination_is_finer_than_a_pico() {
        TokenRates rates = TokenRates.of(price("0.00001"), price("1"));
        Map<String, Multiplier> tiers = Map.of("batch", Multiplier.of("0.5"), "fast", Multiplier.of("1.2"));
        Map<String, Multiplier> geo = Map.of("us", Multiplier.of("1.1"));
        assertThatNoException().isThrownBy(() -> new PriceSheet(rates, null, tiers, Map.of(), UnitPrices.NONE));
        assertThatThrownBy(() -> new PriceSheet(rates, null, tiers, geo, UnitPrices.NONE))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void cannot_be_made_if_only_a_long_request_would_be_inexact() {
        LongContext step = new LongContext(10, Map.of(TokenClass.OUTPUT, price("0.000001")));
        Map<String, Multiplier> tiers = Map.of("batch", Multiplier.of("0.5"));
        assertThatThrownBy(() -> Sheets.of(step, tiers, Map.of())).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void cannot_be_made_if_a_factor_lifts_a_price_over_the_cap() {
        TokenRates dear = TokenRates.of(price("10000"), price("1"));
        assertThatThrownBy(() ->
                        new PriceSheet(dear, null, Map.of("priority", Multiplier.of("2")), Map.of(), UnitPrices.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bounds_how_many_factors_it_multiplies_out() {
        Map<String, Multiplier> many = new HashMap<>();
        for (int i = 0; i <= PriceSheet.FACTORS_MAX; i++) {
            many.put("tier" + i, Multiplier.ONE);
        }
        assertThatThrownBy(() -> Sheets.of(many, Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sheets.of(Map.of(), many)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void has_a_positive_threshold_if_any() {
        assertThatThrownBy(() -> new LongContext(0, Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static TokenPrice input(
            PriceSheet sheet, @Nullable String tier, @Nullable String speed, @Nullable String geo) {
        return sheet.ratesFor(TokenUsage.of(1, 1), new Served(tier, speed, geo)).of(TokenClass.INPUT);
    }
}
