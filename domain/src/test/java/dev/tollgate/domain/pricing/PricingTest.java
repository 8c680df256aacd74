package dev.tollgate.domain.pricing;

import static dev.tollgate.domain.pricing.Sheets.price;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UnitUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsagePart;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PricingTest {
    private static final UnitPrices UNITS = new UnitPrices(
            Cost.ofDollars("0.001"),
            Cost.ofDollars("0.0001"),
            Cost.ofDollars("0.000015"),
            Map.of("web_search", Cost.ofDollars("0.01")),
            Map.of("1024x1024/high", Cost.ofDollars("0.167")));

    @Test
    void prices_each_class_at_its_own_price() {
        TokenUsage tokens = TokenUsage.of(1_000, 200)
                .with(TokenClass.CACHE_READ, 5_000)
                .with(TokenClass.CACHE_WRITE_5M, 400)
                .with(TokenClass.CACHE_WRITE_1H, 100)
                .with(TokenClass.REASONING, 50)
                .with(TokenClass.AUDIO_INPUT, 10);
        CostBreakdown cost = Pricing.of(PriceSheet.of(Sheets.RATES)).price(Usage.of(tokens));
        assertThat(cost.input()).isEqualTo(Cost.ofDollars("0.00303"));
        assertThat(cost.cacheRead()).isEqualTo(Cost.ofDollars("0.0015"));
        assertThat(cost.cacheWrite()).isEqualTo(Cost.ofDollars("0.001875"));
        assertThat(cost.output()).isEqualTo(Cost.ofDollars("0.00375"));
        assertThat(cost.other()).isEqualTo(Cost.ZERO);
        assertThat(cost.total()).isEqualTo(Cost.ofDollars("0.010155"));
        assertThat(cost.items()).extracting(LineItem::itemClass).doesNotHaveDuplicates();
    }

    @Test
    void prices_a_part_at_the_model_that_spent_it() {
        PriceSheet advisor = PriceSheet.of(TokenRates.of(price("15"), price("75")));
        Pricing pricing = new Pricing(PriceSheet.of(Sheets.RATES), name -> name.equals("advisor") ? advisor : null);
        Usage usage = new Usage(
                List.of(
                        new UsagePart(null, TokenUsage.of(100, 0)),
                        new UsagePart("advisor", TokenUsage.of(100, 0)),
                        new UsagePart("unheard-of", TokenUsage.of(100, 0))),
                UnitUsage.NONE,
                Served.ORDINARY);
        CostBreakdown cost = pricing.price(usage);
        assertThat(cost.items()).extracting(LineItem::model).containsExactly(null, "advisor", null);
        assertThat(cost.total()).isEqualTo(Cost.ofDollars("0.0021"));
    }

    @Test
    void compares_each_pass_with_the_long_context_threshold_on_its_own() {
        LongContext step = new LongContext(150, Map.of(TokenClass.INPUT, price("6")));
        Usage passes = new Usage(
                List.of(new UsagePart(null, TokenUsage.of(100, 0)), new UsagePart(null, TokenUsage.of(100, 0))),
                UnitUsage.NONE,
                Served.ORDINARY);
        assertThat(Pricing.of(Sheets.of(step, Map.of(), Map.of())).price(passes).total())
                .isEqualTo(Cost.ofDollars("0.0006"));
    }

    @Test
    void prices_what_is_counted_by_the_piece() {
        PriceSheet sheet = new PriceSheet(Sheets.RATES, null, Map.of(), Map.of(), UNITS);
        Usage usage = new Usage(
                List.of(new UsagePart(null, TokenUsage.of(1_000, 0))),
                new UnitUsage(Map.of("web_search", 3L, "web_fetch", 9L), Map.of("1024x1024/high", 2L), 60, 1_000),
                Served.ORDINARY);
        CostBreakdown cost = Pricing.of(sheet).price(usage);
        assertThat(cost.items())
                .extracting(LineItem::itemClass)
                .containsExactly("input", "request", "second", "character", "tool:web_search", "image:1024x1024/high");
        assertThat(cost.other()).isEqualTo(Cost.ofDollars("0.386"));
        assertThat(cost.total()).isEqualTo(Cost.ofDollars("0.389"));
    }

    @Test
    void charges_nothing_where_nothing_was_used_even_for_a_priced_request() {
        PriceSheet sheet = new PriceSheet(Sheets.RATES, null, Map.of(), Map.of(), UNITS);
        assertThat(Pricing.of(sheet).price(Usage.NONE)).isEqualTo(CostBreakdown.NOTHING);
        assertThat(Pricing.of(sheet).price(Usage.of(TokenUsage.NONE)).total()).isEqualTo(Cost.ofDollars("0.001"));
    }

    @Test
    void cannot_overflow_within_the_bounds_of_prices_and_pieces() {
        UnitPrices dearest = new UnitPrices(
                UnitPrices.REQUEST_MAX,
                UnitPrices.PIECE_MAX,
                UnitPrices.CHARACTER_MAX,
                Map.of("tool", UnitPrices.PIECE_MAX),
                Map.of("image", UnitPrices.PIECE_MAX));
        PriceSheet sheet =
                new PriceSheet(TokenRates.of(price("10000"), price("10000")), null, Map.of(), Map.of(), dearest);
        Usage most = new Usage(
                List.of(new UsagePart(null, TokenUsage.of(TokenUsage.COUNT_MAX, 0))),
                new UnitUsage(
                        Map.of("tool", UnitUsage.PIECES_MAX),
                        Map.of("image", UnitUsage.PIECES_MAX),
                        UnitUsage.PIECES_MAX,
                        UnitUsage.CHARACTERS_MAX),
                Served.ORDINARY);
        assertThat(Pricing.of(sheet).price(most).total()).isEqualTo(Cost.ofDollars("5010000"));
    }

    @Test
    void refuses_a_piece_dearer_than_its_bound() {
        Cost tooDear = UnitPrices.REQUEST_MAX.plus(Cost.ofPicos(1));
        assertThatThrownBy(() -> new UnitPrices(tooDear, Cost.ZERO, Cost.ZERO, Map.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UnitPrices(Cost.ZERO, Cost.ZERO, Cost.ZERO, Map.of("x", tooDear), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
