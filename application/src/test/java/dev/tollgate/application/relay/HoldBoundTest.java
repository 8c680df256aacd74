package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.money.TokenPrice;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.TokenRates;
import dev.tollgate.domain.pricing.UnitPrices;
import dev.tollgate.domain.usage.Served;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldBoundTest {
    private static final UnitPrices UNITS = new UnitPrices(
            Cost.ofPicos(1_000),
            Cost.ofPicos(2_000),
            Cost.ofPicos(3_000),
            Map.of(),
            Map.of("small", Cost.ofPicos(4_000), "large", Cost.ofPicos(5_000)));
    private static final PriceSheet SHEET =
            new PriceSheet(TokenRates.of(TokenPrice.FREE, new TokenPrice(10_000)), null, Map.of(), Map.of(), UNITS);

    @Test
    void holds_every_image_at_the_dearest_price() {
        assertThat(covering(UnitBounds.ofImages(3), 0)).isEqualTo(Money.ofNanos(1 + 3 * 5));
    }

    @Test
    void holds_seconds_and_characters() {
        assertThat(covering(UnitBounds.ofSeconds(7), 0)).isEqualTo(Money.ofNanos(1 + 7 * 2));
        assertThat(covering(UnitBounds.ofCharacters(7), 0)).isEqualTo(Money.ofNanos(1 + 7 * 3));
    }

    @Test
    void adds_the_output_of_each_answer() {
        assertThat(covering(UnitBounds.NONE, 5)).isEqualTo(Money.ofNanos(1 + 2 * 5 * 10));
    }

    @Test
    void the_output_an_amount_covers_is_the_most_whose_hold_is_not_more_than_it() {
        HoldBound bound = bound(UnitBounds.NONE, 5);

        for (long nanos = 1; nanos < 120; nanos++) {
            long output = bound.outputCovered(Money.ofNanos(nanos), 5);
            assertThat(bound.covering(output)).isLessThanOrEqualTo(Money.ofNanos(nanos));
            assertThat(output == 5 || bound.covering(output + 1).compareTo(Money.ofNanos(nanos)) > 0)
                    .as("%s nanos cover %s", nanos, output)
                    .isTrue();
        }
    }

    @Test
    void numbers_of_the_callers_own_come_to_no_more_than_the_most() {
        PriceSheet dear = new PriceSheet(
                TokenRates.of(new TokenPrice(TokenPrice.PICOS_MAX), new TokenPrice(TokenPrice.PICOS_MAX)),
                null,
                Map.of(),
                Map.of(),
                new UnitPrices(
                        Cost.ZERO, Cost.ZERO, Cost.ZERO, Map.of("web_search", Cost.ofDollars("0.01")), Map.of()));
        CallBounds bounds =
                new CallBounds(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Map.of("web_search", Long.MAX_VALUE));
        HoldBound bound = HoldBound.of(dear, Multiplier.of("1000"), body(bounds), Long.MAX_VALUE);

        assertThat(bound.covering(Long.MAX_VALUE)).isEqualTo(HoldBound.MOST);
        assertThat(bound.outputCovered(Money.ofNanos(7), Integer.MAX_VALUE)).isZero();
    }

    @Test
    void a_tool_is_held_for_no_more_uses_than_any_provider_allows() {
        UnitPrices search =
                new UnitPrices(Cost.ZERO, Cost.ZERO, Cost.ZERO, Map.of("web_search", Cost.ofDollars("0.01")), Map.of());
        PriceSheet sheet =
                new PriceSheet(TokenRates.of(TokenPrice.FREE, TokenPrice.FREE), null, Map.of(), Map.of(), search);
        CallBounds bounds = new CallBounds(0L, 1L, 1, Map.of("web_search", 2_147_483_647L));

        assertThat(HoldBound.of(sheet, Multiplier.ONE, body(bounds), 0).covering(1))
                .isEqualTo(Money.ofDollars("10"));
    }

    private static Money covering(UnitBounds units, long output) {
        return bound(units, output).covering(output);
    }

    private static HoldBound bound(UnitBounds units, long output) {
        return HoldBound.of(SHEET, Multiplier.ONE, body(CallBounds.fixed(0L, output, 2, units)), 0);
    }

    private static CallBody body(CallBounds bounds) {
        return new CallBody(
                new byte[0], CallBody.JSON, "m", false, bounds, true, Served.ORDINARY, List.of(), List.of());
    }
}
