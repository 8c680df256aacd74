package dev.tollgate.application.relay;

import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.money.TokenPrice;
import dev.tollgate.domain.pricing.PriceSheet;
import dev.tollgate.domain.pricing.TokenRates;
import dev.tollgate.domain.pricing.UnitPrices;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import java.util.Comparator;
import java.util.List;

/**
 * What a call can cost at most: every input token at the dearest input class, every output token at the dearest output
 * class, the long-context step where the input could reach it. Numbers of the caller's own make it no more than
 * {@link #MOST}.
 *
 * @param fixed input and everything counted by the piece
 * @param output the price of one output token of each answer asked for
 */
record HoldBound(Cost fixed, Cost output, Multiplier multiplier) {
    /** More uses of a provider's tool than any lets one call have. */
    static final long SERVER_TOOL_USES_MAX = 1_000;

    /** A million dollars: more than any call comes to. */
    static final Money MOST = Money.ofDollars("1000000");

    private static final Cost COST_MOST = Cost.ofDollars("1000000");
    private static final List<TokenClass> INPUT_CLASSES = List.of(
            TokenClass.INPUT,
            TokenClass.AUDIO_INPUT,
            TokenClass.IMAGE_INPUT,
            TokenClass.CACHE_READ,
            TokenClass.CACHE_WRITE_5M,
            TokenClass.CACHE_WRITE_1H);
    private static final List<TokenClass> OUTPUT_CLASSES =
            List.of(TokenClass.OUTPUT, TokenClass.REASONING, TokenClass.AUDIO_OUTPUT, TokenClass.IMAGE_OUTPUT);

    static HoldBound of(PriceSheet sheet, Multiplier multiplier, CallBody body, long input) {
        TokenRates small = sheet.ratesFor(TokenUsage.NONE, body.asked());
        TokenRates large =
                sheet.ratesFor(TokenUsage.of(TokenClass.INPUT, Math.min(input, TokenUsage.COUNT_MAX)), body.asked());
        TokenPrice inputPrice = dearest(INPUT_CLASSES, small, large);
        TokenPrice outputPrice = dearest(OUTPUT_CLASSES, small, large);
        Cost fixed = times(inputPrice.of(1), input);
        fixed = plus(fixed, sheet.units().perRequest());
        fixed = plus(fixed, serverTools(sheet, body));
        fixed = plus(fixed, units(sheet.units(), body.bounds().units()));
        return new HoldBound(fixed, times(outputPrice.of(1), body.bounds().choices()), multiplier);
    }

    /** The hold that covers the call with that many output tokens in each answer. */
    Money covering(long outputTokens) {
        return plus(fixed, times(output, outputTokens)).coveredAtMost(multiplier, MOST);
    }

    /** The most output tokens an amount covers, at most {@code wanted}; the inverse of {@link #covering}. */
    long outputCovered(Money amount, long wanted) {
        long low = 0;
        long high = wanted;
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            if (covering(middle).compareTo(amount) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static Cost serverTools(PriceSheet sheet, CallBody body) {
        Cost sum = Cost.ZERO;
        for (var tool : body.bounds().serverTools().entrySet()) {
            Cost each = sheet.units().tools().getOrDefault(tool.getKey(), Cost.ZERO);
            sum = plus(sum, times(each, Math.min(tool.getValue(), SERVER_TOOL_USES_MAX)));
        }
        return sum;
    }

    /** Every image at the price of the dearest size and quality. */
    private static Cost units(UnitPrices prices, UnitBounds bounds) {
        Cost image = prices.images().values().stream()
                .max(Comparator.comparingLong(Cost::picos))
                .orElse(Cost.ZERO);
        Cost seconds = times(prices.perSecond(), bounds.seconds());
        Cost characters = times(prices.perCharacter(), bounds.characters());
        return plus(plus(times(image, bounds.images()), seconds), characters);
    }

    private static Cost times(Cost each, long count) {
        return each.timesAtMost(count, COST_MOST);
    }

    private static Cost plus(Cost one, Cost other) {
        return one.plusAtMost(other, COST_MOST);
    }

    private static TokenPrice dearest(List<TokenClass> classes, TokenRates small, TokenRates large) {
        return classes.stream()
                .flatMap(tokenClass -> java.util.stream.Stream.of(small.of(tokenClass), large.of(tokenClass)))
                .max(Comparator.comparingLong(TokenPrice::picosPerToken))
                .orElseThrow();
    }
}
