package dev.tollgate.domain.pricing;

import static dev.tollgate.domain.pricing.Sheets.price;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.money.TokenPrice;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Defects of the reference system in what a call costs, each shown not to be here. */
class StatementTest {
    private static final long SEED = 18_626L;

    @Test
    void lists_the_classes_then_the_multiplier_then_the_rounding() {
        Charge charge = new Charge(breakdown("0.075", TokenUsage.of(7, 1)), Multiplier.of("1.5"));
        assertThat(charge.statement())
                .extracting(StatementItem::itemClass)
                .containsExactly("input", "output", "multiplier", "rounding");
        assertThat(Charge.NOTHING.statement())
                .extracting(StatementItem::itemClass)
                .containsExactly("multiplier", "rounding");
    }

    /** There four component costs and their total were each cut to micro-dollars: the parts did not sum to the total. */
    @Test
    void component_costs_and_the_rounding_sum_to_the_total_in_every_draw() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 20_000; i++) {
            Charge charge = new Charge(
                    Pricing.of(PriceSheet.of(randomRates(random))).price(Usage.of(randomTokens(random))),
                    new Multiplier(random.nextLong(10_000_000) * 1_000_000));
            CostBreakdown parts = charge.breakdown();
            assertThat(sum(charge.statement()))
                    .isEqualByComparingTo(charge.total().dollars());
            assertThat(parts.input()
                            .plus(parts.cacheRead())
                            .plus(parts.cacheWrite())
                            .plus(parts.output())
                            .plus(parts.other()))
                    .isEqualTo(parts.total());
            assertThat(charge.roundingAmount().abs()).isLessThanOrEqualTo(new BigDecimal("0.0000000005"));
        }
    }

    /** There a charge under a micro-dollar was cut to nothing. */
    @Test
    void tiny_charges_add_up() {
        Charge tiny = new Charge(breakdown("0.15", TokenUsage.of(1, 0)), Multiplier.ONE);
        assertThat(tiny.total()).isEqualTo(Money.ofNanos(150));
        Money sum = Money.ZERO;
        for (int i = 0; i < 1_000_000; i++) {
            sum = sum.plus(tiny.total());
        }
        assertThat(sum).isEqualTo(Money.ofDollars("0.15"));
    }

    /** There the multiplier changed token counts, and half of one token was none. */
    @Test
    void a_multiplier_never_touches_token_counts() {
        CostBreakdown breakdown = breakdown("3", TokenUsage.of(1, 0));
        Charge charge = new Charge(breakdown, Multiplier.of("0.5"));
        assertThat(charge.breakdown()).isEqualTo(breakdown);
        assertThat(charge.breakdown().items()).extracting(LineItem::quantity).containsExactly(1L);
        assertThat(charge.total()).isEqualTo(Money.ofNanos(1_500));
        assertThat(charge.multiplierAmount()).isEqualByComparingTo("-0.0000015");
    }

    @Test
    void a_multiplier_of_zero_is_free_and_still_shows_what_it_would_have_cost() {
        Charge charge = new Charge(breakdown("3", TokenUsage.of(1_000_000, 0)), Multiplier.of("0"));
        assertThat(charge.total()).isEqualTo(Money.ZERO);
        assertThat(charge.breakdown().total()).isEqualTo(Cost.ofDollars("3"));
        assertThat(charge.multiplierAmount()).isEqualByComparingTo("-3");
    }

    @Test
    void an_item_carries_its_quantity_and_unit_price() {
        List<StatementItem> statement = new Charge(breakdown("3", TokenUsage.of(5, 0)), Multiplier.of("2")).statement();
        assertThat(statement.get(0))
                .isEqualTo(new StatementItem.Priced(new LineItem("input", null, 5, Cost.ofPicos(3_000_000))));
        assertThat(statement.get(1))
                .isInstanceOfSatisfying(
                        StatementItem.Multiplied.class,
                        line -> assertThat(line.multiplier()).isEqualTo(Multiplier.of("2")));
    }

    private static CostBreakdown breakdown(String dollarsPerMillion, TokenUsage tokens) {
        TokenPrice price = price(dollarsPerMillion);
        return Pricing.of(PriceSheet.of(TokenRates.of(price, price))).price(Usage.of(tokens));
    }

    private static TokenRates randomRates(SplittableRandom random) {
        Map<TokenClass, TokenPrice> prices = new EnumMap<>(TokenClass.class);
        for (TokenClass tokenClass : TokenClass.values()) {
            prices.put(tokenClass, new TokenPrice(random.nextLong(100_000_000)));
        }
        return new TokenRates(prices);
    }

    private static TokenUsage randomTokens(SplittableRandom random) {
        TokenUsage tokens = TokenUsage.NONE;
        for (TokenClass tokenClass : TokenClass.values()) {
            tokens = tokens.with(tokenClass, random.nextLong(200_000) >>> random.nextInt(18));
        }
        return tokens;
    }

    private static BigDecimal sum(List<StatementItem> statement) {
        return statement.stream().map(StatementItem::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
