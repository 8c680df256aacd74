package dev.tollgate.domain.pricing;

import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.money.TokenPrice;
import dev.tollgate.domain.usage.TokenClass;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Price sheets as tests use them: input $3, output $15, cache read $0.30 and written $3.75 a million. */
final class Sheets {
    static final TokenRates RATES = new TokenRates(Map.of(
            TokenClass.INPUT, price("3"),
            TokenClass.OUTPUT, price("15"),
            TokenClass.CACHE_READ, price("0.3"),
            TokenClass.CACHE_WRITE_5M, price("3.75")));

    private Sheets() {}

    static PriceSheet of(Map<String, Multiplier> tiers, Map<String, Multiplier> geo) {
        return of(null, tiers, geo);
    }

    static PriceSheet of(
            @Nullable LongContext longContext, Map<String, Multiplier> tiers, Map<String, Multiplier> geo) {
        return new PriceSheet(RATES, longContext, tiers, geo, UnitPrices.NONE);
    }

    static TokenPrice price(String dollarsPerMillion) {
        return TokenPrice.ofDollarsPerMillion(dollarsPerMillion);
    }
}
