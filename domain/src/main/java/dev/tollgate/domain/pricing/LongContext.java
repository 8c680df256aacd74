package dev.tollgate.domain.pricing;

import dev.tollgate.domain.money.TokenPrice;
import dev.tollgate.domain.usage.TokenClass;
import java.util.Map;

/**
 * The prices of a request whose input, cached tokens included, is above the threshold. They hold for every token of
 * that request, not for the part above it; a class not given keeps its ordinary price.
 */
public record LongContext(long threshold, Map<TokenClass, TokenPrice> prices) {
    public LongContext {
        if (threshold <= 0) {
            throw new IllegalArgumentException("a threshold is positive: " + threshold);
        }
        prices = Map.copyOf(prices);
    }
}
