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
 * class, the long-context step where the input could reach it.
 *
 * @param fixed input and everything counted by the piece
 * @param output the price of one output token of each answer asked for
 */
record HoldBound(Cost fixed, Cost output, Multiplier multiplier) {
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
        Cost fixed = inputPrice
                .of(input)
                .plus(sheet.units().perRequest())
                .plus(serverTools(sheet, body))
                .plus(units(sheet.units(), body.bounds().units()));
        return new HoldBound(fixed, outputPrice.of(body.bounds().choices()), multiplier);
    }

    /** The hold that covers the call with that many output tokens in each answer. */
    Money covering(long outputTokens) {
        return fixed.plus(output.times(outputTokens)).covered(multiplier);
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
            sum = sum.plus(
                    sheet.units().tools().getOrDefault(tool.getKey(), Cost.ZERO).times(tool.getValue()));
        }
        return sum;
    }

    /** Every image at the price of the dearest size and quality. */
    private static Cost units(UnitPrices prices, UnitBounds bounds) {
        Cost image = prices.images().values().stream()
                .max(Comparator.comparingLong(Cost::picos))
                .orElse(Cost.ZERO);
        return image.times(bounds.images())
                .plus(prices.perSecond().times(bounds.seconds()))
                .plus(prices.perCharacter().times(bounds.characters()));
    }

    private static TokenPrice dearest(List<TokenClass> classes, TokenRates small, TokenRates large) {
        return classes.stream()
                .flatMap(tokenClass -> java.util.stream.Stream.of(small.of(tokenClass), large.of(tokenClass)))
                .max(Comparator.comparingLong(TokenPrice::picosPerToken))
                .orElseThrow();
    }
}
